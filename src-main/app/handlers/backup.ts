import type { Emit, Handlers } from '../dispatch.ts'
import type { Services } from '../services.ts'

type Channels = Extract<keyof Handlers, `backup:${string}`>

/** `backup:*` — copies of the registry. */
export function backupHandlers({ backups }: Services, emit: Emit): Pick<Handlers, Channels> {
  return {
    'backup:describe': () => backups.describe(),
    async 'backup:make'() {
      await backups.make((progress) => emit('backup:progress', progress))
      return backups.describe()
    },
    async 'backup:prove'({ name }) {
      await backups.prove(name, (progress) => emit('backup:progress', progress))
      return backups.describe()
    },
  }
}
