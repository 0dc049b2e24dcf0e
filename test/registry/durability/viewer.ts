/** Looks at a workspace, tries to enter something, and says what came of it. viewer.ts WORKSPACE PATIENT */
import { AppError } from '../../../src-preload/contract/errors.ts'
import { openWorkspace } from '../../../src-main/app/workspace.ts'
import { WorkspaceAccess } from '../../../src-main/registry/access/workspace-access.ts'
import { found } from '../found.ts'
import { createPatient, updatePatient, viewPatient } from '../../../src-main/registry/tables/patients.ts'
import { getRecording, listRecordingsOfPatient } from '../../../src-main/registry/tables/recordings.ts'
import { ADMINISTRATOR, patientFields, QUICK } from '../made-up.ts'

const [workspace, patientId] = process.argv.slice(2)
const started = performance.now()
const access = WorkspaceAccess.open({ workspace: openWorkspace(workspace), parameters: QUICK })
const toldMs = performance.now() - started
const { viewOnly } = access.describe()
await access.signIn(ADMINISTRATOR.loginName, ADMINISTRATOR.password)
const registry = access.registry()
const by = access.actor()
const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'done'
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  }
}
const seen = registry.change(by, (change) => viewPatient(change, patientId!))
const [recording] = listRecordingsOfPatient(registry.db, patientId!)
console.log(
  JSON.stringify({
    toldMs,
    viewOnly,
    name: seen.name,
    found: found(registry.db, seen.name).length,
    waveform: registry.blobs.get(getRecording(registry.db, recording!.id).waveformBlob).toString(),
    created: codeOf(() => registry.change(by, (change) => createPatient(change, patientFields({ localId: 'new' })))),
    updated: codeOf(() =>
      registry.change(by, (change) => updatePatient(change, patientId!, 1, patientFields({ name: 'x' }))),
    ),
    blob: codeOf(() => registry.blobs.put(Buffer.from('a new file'))),
    still: registry.change(by, (change) => viewPatient(change, patientId!)).name,
  }),
)
access.close()
