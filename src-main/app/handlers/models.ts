import type { Handlers } from '../dispatch.ts'
import type { Services } from '../services.ts'

/** `models:*` — which provider runs the pack, and whether its numbers can be trusted on this computer. */
export function modelHandlers(
  services: Services,
): Pick<Handlers, 'models:choose-provider' | 'models:examine-providers'> {
  return {
    'models:choose-provider': ({ provider }) => services.chooseProvider(provider),
    'models:examine-providers': async () => (await services.engine()).examineProviders(),
  }
}
