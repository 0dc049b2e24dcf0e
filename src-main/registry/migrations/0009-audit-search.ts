import type { WritableDb } from '../database.ts'

/**
 * Every filter of the audit trail is a walk along an index by time, however long the trail is. The person stands in the
 * indexes of action and kind, so that both together need no look at the entries that are passed over.
 */
export default function addAuditSearch(db: WritableDb): void {
  db.exec(`
    DROP INDEX audit_by_record;
    DROP INDEX audit_by_person;
    DROP INDEX audit_by_action;
    CREATE INDEX audit_by_record ON audit (record_id, at_ms);
    CREATE INDEX audit_by_person ON audit (person_id, at_ms);
    CREATE INDEX audit_by_action ON audit (action, at_ms, person_id);
    CREATE INDEX audit_by_kind ON audit (record_kind, at_ms, person_id);
  `)
}
