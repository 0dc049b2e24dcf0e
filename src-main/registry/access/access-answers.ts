import type { SignedInPerson } from '../../../src-preload/contract/access.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { Person } from '../tables/people.ts'

export const absent = (): AppError =>
  new AppError('registry/absent', 'This workspace has no registry yet. Start CardioNets with it to make one.')

export function toSignedIn({ id, loginName, displayName, roles }: Person): SignedInPerson {
  return { id, loginName, displayName, roles: [...roles] }
}
