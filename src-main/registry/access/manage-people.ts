import { AppError } from '../../../src-preload/contract/errors.ts'
import type { Role } from '../../../src-preload/contract/access.ts'
import { newIdentifier } from '../environment.ts'
import { addPerson, comparableName, getPerson, readmitPerson, revokePerson, type Person } from '../tables/people.ts'
import { newRecoveryCode } from './recovery-code.ts'
import type { WorkspaceAccess } from './workspace-access.ts'

/** A further person with a password of their own. The row, with its trail, comes before the wrapped key. */
export async function admitPerson(
  access: WorkspaceAccess,
  person: { loginName: string; displayName: string; roles: readonly Role[]; password: string },
): Promise<Person> {
  const id = newIdentifier(access.environment)
  access.registry().change(access.actor(), (change) => addPerson(change, { ...person, id }))
  await access.cabinet().keepForPerson(access.dataKey(), id, person.loginName, person.password)
  return getPerson(access.registry().db, id)
}

/** The signed-in person's own password. @throws AppError `access/refused`, `access/wait` */
export async function changeOwnPassword(access: WorkspaceAccess, password: string, next: string): Promise<void> {
  await access.confirmPassword(password)
  await setPassword(access, access.person(), next)
}

/** An administrator sets somebody's password; who had lost access has it again. */
export async function setPasswordOf(access: WorkspaceAccess, personId: string, next: string): Promise<void> {
  const person = getPerson(access.registry().db, personId)
  if (person.revokedMs !== null) access.registry().change(access.actor(), (change) => readmitPerson(change, personId))
  await setPassword(access, person, next)
}

/** @throws AppError `access/refused`, `access/wait` */
export async function replaceRecoveryCode(access: WorkspaceAccess, password: string): Promise<string> {
  await access.confirmPassword(password)
  const code = newRecoveryCode(access.environment)
  access
    .registry()
    .change(access.actor(), (change) =>
      change.audit({ action: 'registry:replace-recovery-code', kind: 'registry', id: null }),
    )
  await access.cabinet().keepForCode(access.dataKey(), code)
  return code
}

/**
 * Takes access away. The person's wrapped key is removed, so the password opens nothing from here on; the data key
 * itself stays, and so do older copies of the folder, which the old password still opens.
 */
export function revokeAccess(access: WorkspaceAccess, personId: string, reason: string): Person {
  if (personId === access.person().id) {
    throw new AppError('person/revoke-oneself', 'Nobody can take access from themselves. Ask another administrator.')
  }
  access.registry().change(access.actor(), (change) => revokePerson(change, personId, reason))
  access.cabinet().remove(personId)
  return getPerson(access.registry().db, personId)
}

async function setPassword(access: WorkspaceAccess, person: Person, next: string): Promise<void> {
  if (comparableName(next) === person.loginName) {
    throw new AppError('access/weak-password', 'The password is the sign-in name. Choose another.')
  }
  access
    .registry()
    .change(access.actor(), (change) => change.audit({ action: 'person:set-password', kind: 'person', id: person.id }))
  await access.cabinet().keepForPerson(access.dataKey(), person.id, person.loginName, next)
}
