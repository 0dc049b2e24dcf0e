import {
  admitPerson,
  changeOwnPassword,
  replaceRecoveryCode,
  revokeAccess,
  setPasswordOf,
} from '../../registry/access/manage-people.ts'
import { changePerson, getPerson, listPeople, type Person } from '../../registry/tables/people.ts'
import type { PersonEntry } from '../../../src-preload/contract/access.ts'
import type { Emit, Handlers } from '../dispatch.ts'
import type { Services } from '../services.ts'

type AccessChannel = Extract<keyof Handlers, `access:${string}` | `people:${string}`>

/** `access:*`, `people:*` — who may open the registry, and who has. */
export function accessHandlers({ access }: Services, emit: Emit): Pick<Handlers, AccessChannel> {
  access.onChange((state) => emit('access:changed', state))
  return {
    'access:describe': () => access.describe(),
    async 'access:create'({ roles, ...administrator }) {
      const { recoveryCode } = await access.create(administrator, {
        roles: [...new Set([...roles, 'administrator' as const])],
      })
      return { recoveryCode, state: access.describe() }
    },
    async 'access:sign-in'({ loginName, password }) {
      await access.signIn(loginName, password)
      return access.describe()
    },
    'access:sign-out'() {
      access.signOut()
      return access.describe()
    },
    'access:lock'() {
      access.lock()
      return access.describe()
    },
    async 'access:recover'({ recoveryCode, loginName, newPassword }) {
      const next = await access.recover(recoveryCode, loginName, newPassword)
      return { recoveryCode: next.recoveryCode, state: access.describe() }
    },
    'access:change-password': ({ password, newPassword }) => changeOwnPassword(access, password, newPassword),
    'access:new-recovery-code': async ({ password }) => ({
      recoveryCode: await replaceRecoveryCode(access, password),
    }),
    'people:list': () => listPeople(access.registry().db).map(toEntry),
    'people:add': async (person) => toEntry(await admitPerson(access, person)),
    'people:change'({ personId, displayName, roles }) {
      access.registry().change(access.actor(), (change) => changePerson(change, personId, { displayName, roles }))
      const changed = getPerson(access.registry().db, personId)
      access.refreshPerson()
      return toEntry(changed)
    },
    'people:set-password': ({ personId, newPassword }) => setPasswordOf(access, personId, newPassword),
    'people:revoke': ({ personId, reason }) => toEntry(revokeAccess(access, personId, reason)),
  }
}

const toEntry = (person: Person): PersonEntry => ({ ...person, roles: [...person.roles] })
