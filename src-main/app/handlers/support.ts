import type { Handlers } from '../dispatch.ts'
import { supportBundle } from '../exports/support-bundle.ts'
import type { Services } from '../services.ts'

/** `support:*` — help from elsewhere. */
export function supportHandlers(services: Services): Pick<Handlers, 'support:make-bundle'> {
  return { 'support:make-bundle': () => supportBundle(services) }
}
