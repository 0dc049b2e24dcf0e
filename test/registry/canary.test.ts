import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeBackup } from '../../src-main/registry/backup/make-backup.ts'
import { backupOrder } from '../../src-main/registry/backup/run-backup.ts'
import { addAttachment } from '../../src-main/registry/tables/attachments.ts'
import { saveDraft } from '../../src-main/registry/tables/form-drafts.ts'
import { createPatient, updatePatient } from '../../src-main/registry/tables/patients.ts'
import { storeRecording } from '../../src-main/registry/tables/recordings.ts'
import { found } from './found.ts'
import { newRecording, newWorkspace, patientFields } from './support.ts'

const CANARIES = ['Zanzibarqx', '金丝雀甲乙', 'canary-id-90417', 'canary-notes-5512', 'canary-file-7781.xml']

/** A text as it might stand in a file: UTF-8, UTF-16, hexadecimal, base64 at each of its three offsets. */
function spellings(text: string): Buffer[] {
  const utf8 = Buffer.from(text)
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), utf8]).toString('base64')
    return Buffer.from(encoded.slice(shift === 0 ? 0 : 4, -4))
  })
  return [utf8, Buffer.from(text, 'utf16le'), Buffer.from(utf8.toString('hex')), ...base64]
}

it('leaves nothing of a patient readable in any file of the workspace, its logs or its backups', async () => {
  const { workspace, registry, by, access } = await newWorkspace()
  const fields = patientFields({ name: `${CANARIES[0]!} ${CANARIES[1]!}`, localId: CANARIES[2]!, notes: CANARIES[3]! })
  const { id } = registry.change(by, (change) => createPatient(change, fields))
  registry.change(by, (change) => updatePatient(change, id, 1, { ...fields, contact: CANARIES[0]! }))
  const recording = newRecording(registry, CANARIES.join(), { patientId: id, fileName: CANARIES[4]! })
  registry.change(by, (change) => storeRecording(change, recording))
  const blob = registry.blobs.put(Buffer.from(CANARIES.join()))
  const attachment = { kind: 'report', name: CANARIES[4]!, mediaType: 'text/plain', details: {}, blob } as const
  const owner = { patientId: id, recordingId: null, screeningId: null }
  registry.change(by, (change) => addAttachment(change, { ...attachment, ...owner }))
  registry.keep((db) => saveDraft(db, by.id, 'patient', JSON.stringify({ name: CANARIES[0] }), 1))
  expect(found(registry.db, 'zanzi')).toHaveLength(1)
  makeBackup(backupOrder(access))

  // Once with the log and its index still there, once after they were folded in.
  const sweep = (): string[] => {
    const names = readdirSync(workspace, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(names.length).toBeGreaterThan(6)
    return names.flatMap((entry) => {
      const path = join(entry.parentPath, entry.name)
      const content = readFileSync(path)
      const found = CANARIES.filter((canary) => spellings(canary).some((one) => content.includes(one)))
      return found.length > 0 || CANARIES.some((canary) => path.includes(canary))
        ? [`${entry.name}: ${found.join()}`]
        : []
    })
  }
  expect(sweep()).toEqual([])
  access.close()
  expect(sweep()).toEqual([])
})
