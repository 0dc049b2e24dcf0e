import { Drafts } from '../desk/drafts.ts'
import { IdleLock } from '../desk/idle-lock.ts'
import type { Handlers } from '../dispatch.ts'
import type { Services } from '../services.ts'

type Channels = 'session:report-activity' | 'session:keep-draft' | 'session:read-draft' | 'session:drop-draft'

/** `session:*` — the person before the window: there or away, and what was half typed. */
export function sessionHandlers({ access }: Services): Pick<Handlers, Channels> {
  const drafts = new Drafts(access)
  const idle = new IdleLock(() => access.lock())
  access.onChange(({ person, idleLockMinutes }) => (person ? idle.start(idleLockMinutes) : idle.stop()))
  return {
    'session:report-activity': () => idle.postpone(),
    'session:keep-draft': ({ form, draft }) => drafts.keep(form, draft),
    'session:read-draft': ({ form }) => ({ draft: drafts.read(form) }),
    'session:drop-draft': ({ form }) => drafts.drop(form),
  }
}
