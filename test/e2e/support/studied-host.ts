import { ensureBuilt } from '../../../build/ensure-built.ts'
import { startBrowserHost } from '../../../src-main/hosts/browser/browser-host.ts'
import { builtRendererDir } from '../../../src-main/hosts/renderer-files.ts'
import { lockedStudy, studiedWorkspace, type StudiedWorkspace } from '../../app/studies/studied-workspace.ts'

export interface StudiedHost {
  workspace: StudiedWorkspace
  studyId: string
  /** Works once. */
  startLink: string
  close(): Promise<void>
}

/** The built window over the real dispatcher and registry with one locked study; its clock belongs to the caller. */
export async function startStudiedHost(readers: number, cases: number): Promise<StudiedHost> {
  const workspace = await studiedWorkspace(readers)
  await workspace.signIn('coordinator')
  const { studyId } = await lockedStudy(workspace, cases)
  await ensureBuilt()
  const host = await startBrowserHost({
    dispatcher: {
      call: (channel, input) => workspace.dispatcher().call(channel, input),
      onEvent: (listener) => workspace.dispatcher().onEvent(listener),
    },
    rendererDir: builtRendererDir(),
    port: 0,
  })
  return {
    workspace,
    studyId,
    startLink: host.startLink,
    async close() {
      await host.close()
      workspace.access().close()
    },
  }
}
