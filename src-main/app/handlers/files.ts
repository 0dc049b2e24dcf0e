import { homedir } from 'node:os'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { Dialogs } from '../dialogs.ts'
import type { Handlers } from '../dispatch.ts'
import type { Services } from '../services.ts'
import { listFolder } from '../list-folder.ts'
import { writeWhole } from '../write-whole.ts'

type Channels = Extract<keyof Handlers, `files:${string}`>

/** `files:*` — what leaves as a file goes where the user says, and nowhere else before. */
export function fileHandlers(services: Services): Pick<Handlers, Channels> {
  const dialogs = (): Dialogs => {
    if (services.dialogs) return services.dialogs
    throw new AppError(
      'files/no-dialogs',
      'This window runs in a browser, which saves files and asks for folders itself.',
    )
  }
  return {
    async 'files:save'({ name, content }) {
      const path = await dialogs().chooseFileToSave(name)
      if (path !== null) await writeWhole(path, content)
      return { saved: path !== null }
    },
    'files:choose-folder': async () => ({ folder: await dialogs().chooseFolder() }),
    'files:choose-table': async () => ({ table: await dialogs().chooseTable() }),
    'files:list-folder': ({ folder }) => listFolder(folder ?? homedir()),
  }
}
