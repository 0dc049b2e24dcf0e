import type { SignedInPerson } from '../../../src-preload/contract/access.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { ReadableDb, WritableDb } from '../database.ts'
import type { Person } from '../tables/people.ts'
import { readSetting, writeSetting } from '../tables/settings.ts'

export const absent = (): AppError =>
  new AppError('registry/absent', 'This workspace has no registry yet. Start CardioNets with it to make one.')

export function toSignedIn({ id, loginName, displayName, roles }: Person): SignedInPerson {
  return { id, loginName, displayName, roles: [...roles] }
}

const DEMONSTRATION_SETTING = 'demonstration'

/** Whether everything in the registry is made up. */
export const isDemonstration = (db: ReadableDb): boolean => readSetting<boolean>(db, DEMONSTRATION_SETTING) ?? false

/** For good: nothing takes the mark away. */
export const markDemonstration = (db: WritableDb): void => writeSetting(db, DEMONSTRATION_SETTING, true)
