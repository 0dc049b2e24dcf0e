import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createPatient } from '../../../src-main/registry/tables/patients.ts'
import { storeRecording } from '../../../src-main/registry/tables/recordings.ts'
import { newRecording, newWorkspace, patientFields, temporaryFolder } from '../support.ts'
import { preloadShim, shimMissing } from './shim.ts'

function filesOf(folder: string): unknown {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const path = join(folder, name)
      return statSync(path).isFile() ? [name, createHash('sha256').update(readFileSync(path)).digest('hex')] : name
    })
}

describe.skipIf(shimMissing)(`a disk${shimMissing ? ` (${shimMissing})` : ''}`, () => {
  it('that can only be read is told within a second; everything can be looked at, nothing entered, nothing is changed', async () => {
    const { workspace, access, registry, by } = await newWorkspace()
    const recording = newRecording(registry, 'a waveform')
    const { id } = registry.change(by, (change) => {
      const patient = createPatient(change, patientFields())
      storeRecording(change, { ...recording, patientId: patient.id })
      return patient
    })
    access.close()
    const before = filesOf(workspace)
    const copies = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('cardionets-viewing-'))
    const leftBefore = copies()
    const args = [join(import.meta.dirname, 'viewer.ts'), workspace, id]
    const env = { ...process.env, ...preloadShim(temporaryFolder(), workspace), SHIM_READONLY: '1' }
    const answer = JSON.parse(execFileSync(process.execPath, args, { env, encoding: 'utf8' })) as { toldMs: number }
    expect(answer).toMatchObject({
      viewOnly: true,
      name: '王小明',
      found: 1,
      waveform: 'a waveform',
      created: 'registry/read-only',
      updated: 'registry/read-only',
      blob: 'registry/read-only',
      still: '王小明',
    })
    expect(answer.toldMs).toBeLessThan(1000)
    expect(filesOf(workspace)).toEqual(before)
    expect(copies()).toEqual(leftBefore)
  })
})
