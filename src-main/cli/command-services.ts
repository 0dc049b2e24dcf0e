import { ProviderChoice } from '../../src-preload/contract/screening.ts'
import { forkChild } from '../app/child-process.ts'
import { choosePack } from '../app/choose-pack.ts'
import { createServices, type Services } from '../app/services.ts'
import { APP_VERSION } from '../app/version.ts'
import { oneOf } from './arguments.ts'

/** The options of every command that screens. */
export const serviceOptions = {
  pack: { type: 'string' },
  trust: { type: 'string' },
  provider: { type: 'string', default: 'auto' },
} as const

export interface ServiceValues {
  pack?: string | undefined
  trust?: string | undefined
  provider: string
}

/** Opens the services for one command; messages go to stderr, results alone to stdout. */
export async function commandServices(
  values: ServiceValues,
  entry: Services['entry'] = 'cli',
  workspace = '',
): Promise<Services> {
  const provider = oneOf('provider', values.provider, ProviderChoice.options)
  return createServices({
    version: APP_VERSION,
    entry,
    workspace,
    provider,
    ...(await choosePack(values)),
    spawn: forkChild,
    log: (line) => console.error(line),
  })
}
