import { AppError } from '../../../src-preload/contract/errors.ts'
import type { Role } from '../../../src-preload/contract/access.ts'
import { statement, type ReadableDb } from '../database.ts'
import type { Change } from '../registry.ts'

export interface Person {
  readonly id: string
  /** As typed at sign-in, in its comparable form (NFKC, lower case). */
  readonly loginName: string
  readonly displayName: string
  readonly roles: readonly Role[]
  readonly createdMs: number
  /** When access was taken away, or null. */
  readonly revokedMs: number | null
}

type Row = Omit<Person, 'roles'> & { rolesJson: string }
const SELECT = `SELECT id, login_name AS loginName, display_name AS displayName, roles_json AS rolesJson,
  created_ms AS createdMs, revoked_ms AS revokedMs FROM person`

/** One sign-in name however it is typed. */
export const comparableName = (name: string): string => name.normalize('NFKC').trim().toLowerCase()

/** The people of this workspace. */
export function listPeople(db: ReadableDb): Person[] {
  return statement<Row>(db, `${SELECT} WHERE workspace IS NULL ORDER BY login_name`).all().map(toPerson)
}

/** Names by id, also of people whose rows came from another computer. */
export function displayNames(db: ReadableDb): Map<string, string> {
  type Named = { id: string; name: string }
  const rows = statement<Named>(db, 'SELECT id, display_name AS name FROM person').all()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** @throws AppError `person/unknown` */
export function getPerson(db: ReadableDb, id: string): Person {
  const row = statement<Row>(db, `${SELECT} WHERE id = ?`).get(id)
  if (!row) throw new AppError('person/unknown', 'This person is not in the registry.')
  return toPerson(row)
}

/** @throws AppError `person/name-taken` */
export function addPerson(
  change: Change,
  person: { id: string; loginName: string; displayName: string; roles: readonly Role[] },
): void {
  const loginName = comparableName(person.loginName)
  if (statement(change.db, 'SELECT 1 FROM person WHERE login_name = ?').get(loginName)) {
    throw new AppError('person/name-taken', 'Somebody signs in with this name already. Choose another.')
  }
  statement(
    change.db,
    'INSERT INTO person (id, login_name, display_name, roles_json, created_ms) VALUES (?, ?, ?, ?, ?)',
  ).run(person.id, loginName, person.displayName, JSON.stringify(person.roles), change.at.utcMs)
  change.audit({
    action: 'person:add',
    kind: 'person',
    id: person.id,
    after: { loginName, displayName: person.displayName, roles: person.roles },
  })
}

/** @throws AppError `person/last-administrator` */
export function changePerson(change: Change, id: string, after: { displayName: string; roles: readonly Role[] }): void {
  const { displayName, roles } = getPerson(change.db, id)
  statement(change.db, 'UPDATE person SET display_name = ?, roles_json = ? WHERE id = ?').run(
    after.displayName,
    JSON.stringify(after.roles),
    id,
  )
  keepAnAdministrator(change.db)
  change.audit({ action: 'person:change', kind: 'person', id, before: { displayName, roles }, after })
}

/** Takes access away; what the person did stays in the registry under the person's name. */
export function revokePerson(change: Change, id: string, reason: string): void {
  const { revokedMs } = getPerson(change.db, id)
  if (revokedMs !== null) throw new AppError('person/revoked', 'This person has no access already.')
  statement(change.db, 'UPDATE person SET revoked_ms = ? WHERE id = ?').run(change.at.utcMs, id)
  keepAnAdministrator(change.db)
  change.audit({ action: 'person:revoke', kind: 'person', id, after: { revokedMs: change.at.utcMs }, reason })
}

/** Gives access back, with a new password. */
export function readmitPerson(change: Change, id: string): void {
  const { revokedMs } = getPerson(change.db, id)
  statement(change.db, 'UPDATE person SET revoked_ms = NULL WHERE id = ?').run(id)
  change.audit({ action: 'person:readmit', kind: 'person', id, before: { revokedMs }, after: { revokedMs: null } })
}

function keepAnAdministrator(db: ReadableDb): void {
  if (listPeople(db).some(({ roles, revokedMs }) => revokedMs === null && roles.includes('administrator'))) return
  throw new AppError(
    'person/last-administrator',
    'This is the last administrator. Make somebody else administrator first.',
  )
}

function toPerson({ rolesJson, ...row }: Row): Person {
  return { ...row, roles: JSON.parse(rolesJson) as Role[] }
}
