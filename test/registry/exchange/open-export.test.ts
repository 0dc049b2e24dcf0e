import { createHash } from 'node:crypto'
import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { exactLine, readExactCsv, readExactCsvParts } from '../../../src-main/app/exports/exact-csv.ts'
import { exportRegistry } from '../../../src-main/app/exports/open/export-registry.ts'
import { importExport } from '../../../src-main/app/exports/open/import-export.ts'
import { encodeWaveform } from '../../../src-main/app/recordings/waveform-blob.ts'
import { readNifti } from '../../../src-main/cmr/formats/nifti.ts'
import { pixelBudget } from '../../../src-main/cmr/limits.ts'
import { readRecording } from '../../../src-main/ecg/read-recording.ts'
import { listAudit } from '../../../src-main/registry/audit/list.ts'
import { verifyAudit } from '../../../src-main/registry/audit/verify.ts'
import { found } from '../found.ts'
import { addAttachment } from '../../../src-main/registry/tables/attachments.ts'
import { mergePatients } from '../../../src-main/registry/tables/merges.ts'
import { storeRecording } from '../../../src-main/registry/tables/recordings.ts'
import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import { newRecording, newWorkspace, patientFields, temporaryFolder } from '../support.ts'
import { openPdf, textOf } from '../../reports/read-pdf.ts'
import { sampleResult } from '../../reports/sample-record.ts'
import { madeUpResult } from './made-up-result.ts'
import { addPatient, addReviewed, type Laptop } from './two-laptops.ts'

/** What differs between two exports of one registry from two workspaces, as the export's own readme says. */
const OWN = ['audit.csv', 'manifest.json']
const WORDS = { application: 'test', pack: null, language: 'en' } as const

const waveform = {
  rateHz: 500,
  window: null,
  leads: LEAD_NAMES.map((name, lead) => ({
    name,
    derived: false,
    samplesMv: Float32Array.from({ length: 500 }, (_, t) => Math.sin(t / (lead + 3))),
  })),
}

/** Two patients that became one, a recording with a screening that was signed, a real cine, a formula for a name. */
function fill(laptop: Laptop) {
  const { registry, by } = laptop
  const kept = addPatient(laptop, { localId: '000123', name: '=HYPERLINK("evil")', notes: '\'tis\r\n"quoted", √ 王' })
  const absorbed = addPatient(laptop, { localId: '-1', name: "'t Hooft", contact: '' })
  const blob = registry.blobs.put(encodeWaveform(waveform))
  const recording = newRecording(registry, 'a file', { patientId: absorbed.id, waveform: blob })
  const cine = Float32Array.from({ length: 50 * 96 * 96 }, (_, index) => (index % 97) / 97)
  const cineBlob = registry.blobs.put(new Uint8Array(cine.buffer))
  const { id: recordingId } = registry.change(by, (change) => storeRecording(change, recording))
  const screening = { ...madeUpResult(recordingId), result: sampleResult() }
  const screeningId = addReviewed(laptop, recordingId, '@SUM(1)', screening)
  const attachmentId = registry.change(by, (change) => {
    const owner = { patientId: null, recordingId, screeningId: null }
    const details = { beatMs: 800 }
    const what = { kind: 'real-cine' as const, name: 'cine', mediaType: 'application/octet-stream', details }
    return addAttachment(change, { ...owner, ...what, blob: cineBlob })
  })
  const fields = patientFields({ localId: '000123', name: 'one person' })
  const merge = { keptId: kept.id, absorbedId: absorbed.id, keptRevision: 1, fields, reason: '+1' }
  registry.change(by, (change) => mergePatients(change, merge))
  return { recordingId, screeningId, cine, attachmentId }
}

function filesOf(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  return new Map(
    names.map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      return [path.slice(folder.length + 1), createHash('sha256').update(readFileSync(path)).digest('hex')]
    }),
  )
}

const exported = async ({ access }: Laptop): Promise<string> => {
  const folder = join(temporaryFolder(), 'export')
  await exportRegistry(access, folder, WORDS)
  return folder
}

it('exports, imports into an empty workspace, and exports the same again', async () => {
  const a = await newWorkspace()
  fill(a)
  const first = await exported(a)
  const b = await newWorkspace()
  const { rows } = await importExport(b.registry, b.by, first)
  expect(rows).toMatchObject({ patient: 2, recording: 1, screening: 1, review: 2, attachment: 1, patient_merge: 1 })
  const second = await exported(b)
  const [one, other] = [filesOf(first), filesOf(second)]
  for (const name of OWN) {
    expect(one.get(name)).not.toBe(other.get(name))
    one.delete(name)
    other.delete(name)
  }
  expect([...other].sort()).toEqual([...one].sort())
  expect(verifyAudit(b.registry.db, []).ok).toBe(true)
  const [taken] = listAudit(b.registry.db, { kind: 'workspace', limit: 9 }).filter(
    ({ action }) => action === 'exchange:import-open',
  )
  expect(JSON.parse(taken!.afterJson!)).toMatchObject({ rows: { patient: 2 } })
  expect(found(b.registry.db, 'person')).toHaveLength(1)
  await expect(importExport(b.registry, b.by, first)).rejects.toMatchObject({ code: 'export/registry-not-empty' })
  await expect(exportRegistry(a.access, first, WORDS)).rejects.toMatchObject({ code: 'export/not-empty' })
})

it('tells how far it is, and takes back what it wrote when it is ended', async () => {
  const a = await newWorkspace()
  fill(a)
  const told: [number, number][] = []
  const whole = join(temporaryFolder(), 'whole')
  await exportRegistry(a.access, whole, WORDS, { tell: ({ done, of }) => void told.push([done, of]) })
  const [last] = told.slice(-1)
  expect(told.length).toBeGreaterThan(5)
  expect(last![0]).toBe(last![1])
  const parent = temporaryFolder()
  const cancel = new AbortController()
  const ended = exportRegistry(a.access, join(parent, 'export'), WORDS, {
    tell: () => cancel.abort(),
    signal: cancel.signal,
  })
  await expect(ended).rejects.toMatchObject({ code: 'export/cancelled' })
  expect(readdirSync(join(parent, 'export'), { recursive: true })).toEqual([])
  a.access.close()
})

it('leaves the thread of the window free while it writes', async () => {
  const a = await newWorkspace()
  fill(a)
  let longestMs = 0
  let before = performance.now()
  const watch = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - before)
    before = performance.now()
  }, 5)
  await exported(a)
  clearInterval(watch)
  // The first report alone, with its fonts, takes longer than this.
  expect(longestMs).toBeLessThan(400)
  a.access.close()
})

it('is read by others: WFDB, NIfTI, the file as it came, and the audit head in a signed manifest', async () => {
  const a = await newWorkspace()
  const { recordingId, cine, attachmentId } = fill(a)
  const folder = await exported(a)
  const at = (...names: string[]): Buffer => readFileSync(join(folder, ...names))
  const read = readRecording(at('recordings', `${recordingId}.hea`), `${recordingId}.hea`, (name) =>
    at('recordings', name),
  )
  expect(read.channels.map(({ name }) => name)).toEqual([...LEAD_NAMES])
  for (const [lead, { samplesMv }] of read.channels.entries()) {
    for (const [t, value] of samplesMv.entries()) expect(value).toBeCloseTo(waveform.leads[lead]!.samplesMv[t]!, 3)
  }
  const stack = readNifti(at('cines', `${attachmentId}.acquired.nii`), 'cine.nii', pixelBudget())
  expect(stack.size).toEqual({ columns: 96, rows: 96, slices: 1, times: 50 })
  expect(stack.values).toEqual(cine)
  expect(stack.frameTimesMs?.[1]).toBe(16)
  const [, file] = [...readExactCsv(at('recording_file.csv').toString())]
  const sha256 = String(file!.at(-1))
  expect(at('files', sha256.slice(0, 2), sha256).toString()).toBe('a file')
  const manifest = JSON.parse(at('manifest.json').toString()) as { head: { entries: number }; files: unknown[] }
  expect(manifest.head.entries).toBeGreaterThan(5)
  // Everything but the manifest itself is named by it.
  expect(manifest.files).toHaveLength(filesOf(folder).size - 1)
  // No cell that a spreadsheet would take for a formula.
  for (const name of filesOf(folder).keys()) {
    if (name.endsWith('.csv')) expect(at(name).toString()).not.toMatch(/(^|,)"?[=+\-@]/m)
  }
})

it('has a report of each screening, the same bytes each time, and none of one whose review was altered', async () => {
  const a = await newWorkspace()
  const { screeningId } = fill(a)
  const name = join('reports', `screening-${screeningId}.pdf`)
  const folder = await exported(a)
  const pdf = readFileSync(join(folder, name))
  const [page] = await openPdf(new Uint8Array(pdf))
  const text = await textOf(page!)
  expect(text).toContain('one person')
  expect(text).toContain('Signed by Administrator')
  expect(readFileSync(join(await exported(a), name)).equals(pdf)).toBe(true)
  a.registry.change(a.by, (change) => {
    change.db.exec(`DROP TRIGGER review_is_immutable; UPDATE review SET conclusion = 'x' WHERE state = 'signed'`)
    change.audit({ action: 'test:tamper', kind: 'review', id: null })
  })
  const second = join(temporaryFolder(), 'export')
  expect((await exportRegistry(a.access, second, WORDS)).withoutReport).toEqual([screeningId])
  expect(filesOf(second).has(name)).toBe(false)
})

it('refuses an export of which one byte was altered, or a file removed', async () => {
  const a = await newWorkspace()
  fill(a)
  const b = await newWorkspace()
  const whole = await exported(a)
  for (const name of filesOf(whole).keys()) {
    const folder = join(temporaryFolder(), 'copy')
    cpSync(whole, folder, { recursive: true })
    if (name.startsWith('files/')) rmSync(join(folder, name))
    else appendFileSync(join(folder, name), ' x')
    const refusal = { code: name === 'manifest.json' ? 'export/not-an-export' : 'export/altered' }
    await expect(importExport(b.registry, b.by, folder)).rejects.toMatchObject(refusal)
  }
})

it('writes cells that come back as they were, and never begin as a formula', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('=1', "'=1", "'", '007', '1234567890123', '"', '\t@'),
  )
  const cell = fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null))
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 5 }), (rows) => {
      const written = rows.map(exactLine).join('')
      // -0 is 0 in a table.
      expect([...readExactCsv(written)]).toEqual(rows.map((row) => row.map((one) => (one === 0 ? 0 : one))))
      const parts = Array.from({ length: Math.ceil(written.length / 3) }, (_, index) =>
        written.slice(3 * index, 3 * index + 3),
      )
      expect([...readExactCsvParts(parts)]).toEqual([...readExactCsv(written)])
      for (const [, quoted] of written.matchAll(/(?:^|,|\n)"((?:[^"]|"")*)"/g)) expect(quoted).not.toMatch(/^[=+\-@]/)
    }),
  )
})
