import type { Role } from './access.ts'
import type { Channel } from './index.ts'

/**
 * Who may call a channel: everybody, even before anybody signed in; everybody who is signed in; or the roles named.
 * A workspace without a registry has no people, and its channels answer as the main job needs them.
 */
export type ChannelAccess = 'public' | 'signed-in' | readonly Role[]

const CLINICAL = ['operator', 'reviewer'] as const
const ADMINISTRATOR = ['administrator'] as const
const COORDINATOR = ['coordinator'] as const
const READER = ['reader'] as const

/** Checked in main before a channel runs. A channel that is missing here does not compile. */
export const channelAccess: Readonly<Record<Channel, ChannelAccess>> = {
  'app:describe': 'public',
  'access:describe': 'public',
  'access:create': 'public',
  'access:sign-in': 'public',
  'access:sign-out': 'public',
  'access:lock': 'public',
  'access:recover': 'public',
  'access:change-password': 'signed-in',
  'access:new-recovery-code': ADMINISTRATOR,
  'access:set-idle-lock': ADMINISTRATOR,
  'people:list': ADMINISTRATOR,
  'people:add': ADMINISTRATOR,
  'people:change': ADMINISTRATOR,
  'people:set-password': ADMINISTRATOR,
  'people:revoke': ADMINISTRATOR,
  'ecg:import-files': CLINICAL,
  'ecg:list-recordings': CLINICAL,
  'ecg:read-waveform': CLINICAL,
  'ecg:measure': CLINICAL,
  'ecg:forget-recording': CLINICAL,
  'reading:examine': CLINICAL,
  'reading:try': CLINICAL,
  'screening:run': CLINICAL,
  'cine:generate': CLINICAL,
  'cine:cancel': CLINICAL,
  'cmr:read-files': CLINICAL,
  'cmr:read-plane': CLINICAL,
  'cmr:compare-identity': CLINICAL,
  'cmr:attach': CLINICAL,
  'cmr:read-attached': CLINICAL,
  'cmr:detach': CLINICAL,
  'cmr:compare': CLINICAL,
  'models:choose-provider': 'signed-in',
  'models:examine-providers': 'signed-in',
  'study:list': COORDINATOR,
  'study:create': COORDINATOR,
  'study:read-draft': COORDINATOR,
  'study:save-draft': COORDINATOR,
  'study:case-template': COORDINATOR,
  'study:prepare-folder': COORDINATOR,
  'study:preview-allocation': COORDINATOR,
  'study:plan-size': COORDINATOR,
  'study:lock': COORDINATOR,
  'study:amend': COORDINATOR,
  'study:read-board': COORDINATOR,
  'study:open-early': COORDINATOR,
  'study:open-envelope': COORDINATOR,
  'study:lock-data': COORDINATOR,
  'study:unblind': COORDINATOR,
  'study:analyse': COORDINATOR,
  'study:export-bundle': COORDINATOR,
  'study:export-package': COORDINATOR,
  'study:merge-answers': COORDINATOR,
  'study:list-mine': READER,
  'study:calendar': READER,
  'study:check-room': READER,
  'study:next-step': READER,
  'study:save-answers': READER,
  'study:submit': READER,
  'study:begin-pause': READER,
  'study:audit-myself': READER,
  'study:import-package': READER,
  'study:export-answers': READER,
}
