import type { Role } from '../../../src-preload/contract/access.ts'
import { admitPerson } from '../access/manage-people.ts'
import type { AccessOptions } from '../access/access-options.ts'
import { WorkspaceAccess } from '../access/workspace-access.ts'
import { addMadeUpPatients } from './add-made-up-patients.ts'

export interface DemonstrationUser {
  readonly name: string
  readonly roles: readonly Role[]
  readonly password: string
}

/** One account for each kind of work. Their passwords are no secret: nothing in this workspace is. */
const USERS: readonly (DemonstrationUser & { displayName: string })[] = [
  { name: 'admin', displayName: 'DEMO Administrator', roles: ['administrator'], password: 'demo-admin' },
  { name: 'nurse', displayName: 'DEMO Nurse', roles: ['operator'], password: 'demo-nurse' },
  { name: 'doctor', displayName: 'DEMO Doctor', roles: ['operator', 'reviewer'], password: 'demo-doctor' },
  { name: 'reader', displayName: 'DEMO Reader', roles: ['reader'], password: 'demo-reader' },
  { name: 'coordinator', displayName: 'DEMO Coordinator', roles: ['coordinator'], password: 'demo-coordinator' },
]

/**
 * Makes a registry of made-up patients in a workspace that has none, marked as a demonstration for good.
 *
 * @throws AppError `registry/exists`, `registry/…`
 */
export async function makeDemonstration(
  order: { workspace: string; patients: number; seed: number } & Omit<AccessOptions, 'workspace'>,
  onProgress: (done: number) => void = () => undefined,
): Promise<{ users: DemonstrationUser[]; recoveryCode: string }> {
  const { patients, seed, ...options } = order
  const access = WorkspaceAccess.open(options)
  try {
    const [first, ...others] = USERS
    const { name, displayName, password, roles } = first!
    const { recoveryCode } = await access.create(
      { loginName: name, displayName, password },
      { roles, demonstration: true },
    )
    for (const user of others) await admitPerson(access, { ...user, loginName: user.name })
    await addMadeUpPatients(access.registry(), access.actor(), { seed, count: patients }, onProgress)
    return {
      users: USERS.map((user) => ({ name: user.name, roles: user.roles, password: user.password })),
      recoveryCode,
    }
  } finally {
    access.close()
  }
}
