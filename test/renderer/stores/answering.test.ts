import { beforeEach, describe, expect, it, vi } from 'vitest'
import { answerIn, formFor } from '@/components/reading/answer-form.ts'
import { tracePath, TRACE_SIZE } from '@/components/reading/trace-path.ts'
import type { FileExamination } from '@/contract.ts'
import { makeEntry } from '../support/entries.ts'
import { closeWindow, openStores, refusal, screened } from '../support/stores.ts'

beforeEach(closeWindow)

const unnamed: FileExamination = {
  format: 'delimited-text',
  refusal: { code: 'format/columns-unnamed', message: '' },
  columns: ['', '', ''],
  leads: ['-', '-', '-'],
  rateHz: null,
  table: { delimiter: 'comma', firstLine: 1, rows: [['1', '2', '3']] },
  header: 'h',
  remembered: null,
}
const named: FileExamination = { ...unnamed, format: 'json', refusal: { code: 'format/units-unknown', message: '' }, columns: ['I', 'II'], leads: ['I', 'II'], rateHz: 250, table: null } // prettier-ignore
const tried = { rateHz: 500, durationS: 10, heartRateBpm: 70, spans: [], trace: null, refusal: null }

describe('the form', () => {
  it('guesses nothing that the file does not say', () => {
    expect(formFor(unnamed)).toMatchObject({ unit: '', rateHz: null, leads: ['-', '-', '-'] })
    expect(answerIn(formFor(unnamed), unnamed)).toEqual({})
  })

  it('says only what is new', () => {
    expect(answerIn({ ...formFor(named), unit: 'mV' }, named)).toEqual({ unit: 'mV' })
    expect(answerIn({ ...formFor(named), unit: 'uV', gain: 0.2, rateHz: 500 }, named)).toEqual({
      unit: 'uV',
      gain: 0.2,
      rateHz: 500,
    })
    expect(answerIn({ ...formFor(named), leads: ['I', '-'] }, named)).toEqual({ leads: ['I', '-'] })
  })

  it('says which column is which lead once one was named', () => {
    const form = { ...formFor(unnamed), leads: ['I', 'II', '-'] }
    expect(answerIn(form, unnamed)).toEqual({ leads: ['I', 'II', '-'] })
  })

  it('begins with what was said about files of this header', () => {
    const remembered = { unit: 'uV' as const, rateHz: 500, leads: ['I', '-', 'V1'] }
    expect(formFor({ ...unnamed, remembered })).toMatchObject({ unit: 'uV', rateHz: 500, leads: ['I', '-', 'V1'] })
  })
})

describe('the trace of the preview', () => {
  it('keeps its scale, so that a wrong unit is seen, and its gaps', () => {
    const flat = tracePath(new Float32Array(5000).fill(1), 500)
    expect(flat).toContain(`M${TRACE_SIZE.fromX} ${(TRACE_SIZE.height / 2 - TRACE_SIZE.pixelsPerMv).toFixed(1)}`)
    const gap = tracePath(
      Float32Array.from({ length: 2500 }, (_, t) => (t > 1000 && t < 1500 ? NaN : 0)),
      500,
    )
    expect(gap.match(/M/g)).toHaveLength(2)
    expect(tracePath(new Float32Array(), 500)).toBe('')
  })
})

describe('asking about a file', () => {
  const drop = (name: string) => [{ folder: '', file: new File(['x'], name) }]
  const error = { code: 'format/units-unknown', message: 'No unit.' }

  const read = makeEntry({ file: 'read' })

  async function refusedDrop(answers: Parameters<typeof openStores>[0]) {
    const stores = await openStores({
      'ecg:import-files': ({ answers: given }) =>
        given?.length
          ? [{ ok: true as const, file: 'a.json', recording: read, ecg: read.ecg, known: false }]
          : [{ ok: false as const, file: 'a.json', error }],
      'screening:run': () => screened(makeEntry({ file: 'read' })),
      'reading:examine': () => named,
      'reading:try': () => tried,
      ...answers,
    })
    await stores.imports.importFiles(drop('a.json'))
    const { useAnsweringStore } = await import('@/stores/answering.ts')
    const answering = useAnsweringStore()
    await answering.open(stores.imports.asAsked(stores.imports.lines[0]!))
    return { ...stores, answering }
  }

  it('tries the answer, then reads the file by it and closes', async () => {
    const { imports, answering, recordings, api } = await refusedDrop({})
    answering.form.unit = 'mV'
    await vi.waitFor(() => expect(answering.tried).toEqual(tried))
    await answering.submit()
    expect(answering.isOpen).toBe(false)
    expect(imports.lines).toMatchObject([{ file: 'a.json', ok: true, recordingId: 'read' }])
    expect(recordings.entries).toHaveLength(1)
    const { input } = api.calls.findLast(({ channel }) => channel === 'ecg:import-files')!
    expect(input).toMatchObject({ answers: [{ file: 'a.json', answer: { unit: 'mV' }, remember: true }] })
  })

  it('shows why an answer does not do, and keeps the line', async () => {
    const { imports, answering } = await refusedDrop({
      'reading:try': () => {
        throw refusal('format/rate-unknown')
      },
    })
    answering.form.unit = 'mV'
    await vi.waitFor(() => expect(answering.problem?.code).toBe('format/rate-unknown'))
    expect(answering.tried).toBeNull()
    answering.close()
    expect(imports.lines).toMatchObject([{ ok: false, error }])
  })
})
