import { describePack } from '../describe-pack.ts'
import type { Handlers } from '../dispatch.ts'
import type { Services } from '../services.ts'

/** `app:*` — what this application and its model pack are. */
export function appHandlers(services: Services): Pick<Handlers, 'app:describe'> {
  return {
    async 'app:describe'() {
      const packError = await services.packError()
      return {
        version: services.version,
        entry: services.entry === 'desktop' ? 'desktop' : 'browser',
        workspace: services.workspace,
        packError,
        pack: packError ? null : describePack(await services.engine()),
      }
    },
  }
}
