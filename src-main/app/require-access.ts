import { AppError, type Channel } from '../../src-preload/contract/index.ts'
import { channelAccess } from '../../src-preload/contract/roles.ts'
import type { WorkspaceAccess } from '../registry/access/workspace-access.ts'

/**
 * Lets a channel run, or refuses it: before anybody signed in only public ones answer, afterwards those that the
 * person's roles allow. A refusal is an entry of the trail.
 *
 * @throws AppError `access/locked`, `access/forbidden`
 */
export function requireAccess(access: WorkspaceAccess, channel: Channel): void {
  const allowed = channelAccess[channel]
  if (allowed === 'public' || access.describe().state === 'absent') return
  const person = access.person()
  if (allowed === 'signed-in' || access.holdsOne(allowed)) return
  access
    .registry()
    .change(access.actor(), (change) =>
      change.audit({ action: 'access:refuse', kind: 'person', id: person.id, after: { channel } }),
    )
  throw new AppError(
    'access/forbidden',
    `Your roles do not allow this. It needs one of: ${allowed.join(', ')}. Ask an administrator.`,
  )
}
