import { z } from 'zod'
import { MAX_LOGIN_NAME, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, ROLES } from './constants.ts'

export { MIN_PASSWORD_LENGTH, ROLES }
export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>

const LoginName = z.string().trim().min(1).max(MAX_LOGIN_NAME)
const DisplayName = z.string().trim().min(1).max(200)
const Password = z.string().max(MAX_PASSWORD_LENGTH)
const NewPassword = Password.min(MIN_PASSWORD_LENGTH)
const Roles = z.array(Role).min(1).max(ROLES.length)
const PersonId = z.uuid()

export const SignedInPerson = z.strictObject({
  id: PersonId,
  loginName: z.string(),
  displayName: z.string(),
  roles: z.array(Role),
})
export type SignedInPerson = z.infer<typeof SignedInPerson>

/**
 * `absent`: this workspace has no registry yet, the first start makes one. `locked`: sign in. `open`: somebody is
 * signed in.
 */
export const AccessState = z.strictObject({
  state: z.enum(['absent', 'locked', 'open']),
  person: SignedInPerson.nullable(),
  /** Who locked the window and may go on where it was left; null after a sign-out. */
  lockedPerson: SignedInPerson.nullable(),
  idleLockMinutes: z.number(),
  /** The disk can only be read: nothing can be entered, and the trail does not say who looks. */
  viewOnly: z.boolean(),
  /** A workspace of made-up patients; every view says so. */
  demonstration: z.boolean(),
})
export type AccessState = z.infer<typeof AccessState>

export const PersonEntry = SignedInPerson.extend({ createdMs: z.number(), revokedMs: z.number().nullable() })
export type PersonEntry = z.infer<typeof PersonEntry>

export const accessContract = {
  'access:describe': { input: z.void(), output: AccessState },
  /** First start: makes the registry and its administrator. The code is shown once and stored nowhere. */
  'access:create': {
    input: z.strictObject({
      loginName: LoginName,
      displayName: DisplayName,
      password: NewPassword,
      /** Besides administrator, which the first person always is. */
      roles: Roles.default(['operator']),
    }),
    output: z.strictObject({ recoveryCode: z.string(), state: AccessState }),
  },
  'access:sign-in': { input: z.strictObject({ loginName: LoginName, password: Password }), output: AccessState },
  'access:sign-out': { input: z.void(), output: AccessState },
  'access:lock': { input: z.void(), output: AccessState },
  /** Whoever has the printed code sets a new password for a person; the code is replaced by a new one. */
  'access:recover': {
    input: z.strictObject({ recoveryCode: z.string().max(200), loginName: LoginName, newPassword: NewPassword }),
    output: z.strictObject({ recoveryCode: z.string(), state: AccessState }),
  },
  'access:change-password': {
    input: z.strictObject({ password: Password, newPassword: NewPassword }),
    output: z.void(),
  },
  'access:new-recovery-code': {
    input: z.strictObject({ password: Password }),
    output: z.strictObject({ recoveryCode: z.string() }),
  },
  'people:list': { input: z.void(), output: z.array(PersonEntry) },
  'people:add': {
    input: z.strictObject({ loginName: LoginName, displayName: DisplayName, roles: Roles, password: NewPassword }),
    output: PersonEntry,
  },
  'people:change': {
    input: z.strictObject({ personId: PersonId, displayName: DisplayName, roles: Roles }),
    output: PersonEntry,
  },
  'people:set-password': {
    input: z.strictObject({ personId: PersonId, newPassword: NewPassword }),
    output: z.void(),
  },
  'people:revoke': {
    input: z.strictObject({ personId: PersonId, reason: z.string().trim().min(1).max(2000) }),
    output: PersonEntry,
  },
} as const
