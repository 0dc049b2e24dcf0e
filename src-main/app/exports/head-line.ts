import { signHead } from '../../registry/audit/head.ts'
import type { Registry } from '../../registry/registry.ts'

/**
 * The last line of a table that leaves the registry: where the audit trail ended, signed, this export's own entry
 * included. Whoever keeps the table can show what was cut off the trail later.
 */
export function headLine({ db, environment }: Registry): string[] {
  const head = signHead(db, environment.now())
  return ['signed head', head.at, JSON.stringify(head)]
}
