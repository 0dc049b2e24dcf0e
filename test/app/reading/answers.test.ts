import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FileExamination } from '../../../src-preload/contract/reading.ts'
import { openAnswerMemory } from '../../../src-main/app/reading/answer-memory.ts'
import { examineFile } from '../../../src-main/app/reading/examine-file.ts'
import { runReadJob } from '../../../src-main/app/reading/read-job.ts'
import { readWithAnswers } from '../../../src-main/app/reading/read-with-answers.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { MADE } from '../../ecg/formats/made.ts'

const named = (name: string, text: string) => ({ name, bytes: Buffer.from(text) })
const none = () => undefined
const examine = (text: string) => examineFile(named('a.txt', text), none)

const GE = 'Rhythm signal: 3 X 3\n\n1 2 3\n4 5 6\n7 8 9\n'

/** A reader without a process of its own. */
const reader: Parameters<typeof readWithAnswers>[1] = {
  read: async (main, _companions, wants) => attempt(() => runReadJob(main, none, wants)),
  examine: async (main) => attempt(() => examineFile(main, none)),
}

function attempt<T>(run: () => T) {
  try {
    return { ok: true as const, value: run() }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { ok: false as const, error: error.toReply() }
  }
}

describe('the examination of a file', () => {
  it('finds the table, shows its first rows and tells why it asks', () => {
    const examined = examine(GE)
    FileExamination.omit({ remembered: true }).parse(examined)
    expect(examined).toMatchObject({
      format: 'delimited-text',
      refusal: { code: 'format/columns-unnamed' },
      columns: ['', '', ''],
      rateHz: null,
      table: { delimiter: 'blanks', firstLine: 3, rows: [['1', '2', '3'], ['4', '5', '6'], ['7', '8', '9']] },
    }) // prettier-ignore
  })

  it('takes names that are no leads from the line above the numbers', () => {
    expect(examine('left,right\n1,2\n3,4\n5,6\n').columns).toEqual(['left', 'right'])
    expect(examine('# rate=250\nI,II\n1,2\n3,4\n').rateHz).toBe(250)
  })

  it('looks where it is told to', () => {
    const { table } = examineFile(named('a.txt', 'x\n1;2\n3;4\n5;6\n'), none, { delimiter: 'semicolon', firstLine: 3 })
    expect(table).toMatchObject({ firstLine: 3, rows: [['3', '4'], ['5', '6']] }) // prettier-ignore
  })

  it('knows files of one kind by their header, and nothing by no header', () => {
    expect(examine(GE).header).toMatch(/^[0-9a-f]{64}$/)
    expect(examine(GE).header).toBe(examine('Rhythm signal: 4 X 3\n1 2 3\n4 5 6\n7 8 0\n1 1 1\n').header)
    expect(examine(GE).header).not.toBe(examine(GE.replace('Rhythm', 'Median')).header)
    expect(examine('1,2\n3,4\n5,6\n').header).toBeNull()
  })

  it('names the channels of files that lack a unit or names', () => {
    const json = examine(JSON.stringify({ sampleRate: 250, leads: { I: [1], V1: [2] } }))
    expect(json).toMatchObject({ format: 'json', columns: ['I', 'V1'], rateHz: 250, refusal: { code: 'format/units-unknown' } }) // prettier-ignore
    const array = examineFile({ name: 'a.npy', bytes: readFileSync(join(MADE, 'rows.npy')) }, none)
    expect(array.columns).toHaveLength(12)
    expect(array.header).toBeNull()
  })
})

describe('the memory of answers', () => {
  const answer = { unit: 'uV' as const, rateHz: 500, leads: ['I', 'II', '-'] }

  it('outlives the application, is for its owner alone, and forgets on demand', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cardionets-memory-'))
    openAnswerMemory(folder).keep('h', answer)
    expect(statSync(join(folder, 'reading-answers.json')).mode & 0o777).toBe(0o600)
    expect(openAnswerMemory(folder).recall('h')).toEqual(answer)
    openAnswerMemory(folder).keep('h', undefined)
    expect(openAnswerMemory(folder).empty).toBe(true)
  })

  it('sets a damaged file aside', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cardionets-memory-'))
    writeFileSync(join(folder, 'reading-answers.json'), '{"schema":1,')
    expect(openAnswerMemory(folder).empty).toBe(true)
    expect(readdirSync(folder)).toEqual(['reading-answers.json.damaged'])
  })

  it('answers for a later file with the same header, and says so', async () => {
    const memory = openAnswerMemory('')
    const read = (file: ReturnType<typeof named>, given?: Parameters<typeof readWithAnswers>[5]) =>
      readWithAnswers(memory, reader, file, async () => undefined, {}, given)
    expect(await read(named('a', GE))).toMatchObject({ ok: false })
    expect(await read(named('a', GE), { file: 'a', answer, remember: true })).toMatchObject({ ok: true })
    const later = await read(named('b', GE.replace('9', '10')))
    expect(later).toMatchObject({
      ok: true,
      value: { summary: { rateSource: 'stated by the user for an earlier file with this header' } },
    })
    await read(named('a', GE), { file: 'a', answer, remember: false })
    expect(await read(named('b', GE))).toMatchObject({ ok: false })
  })

  it('never overrules a file that can be read', async () => {
    const memory = openAnswerMemory('')
    const text = 'time (ms),I (mV)\n0,1\n2,2\n4,3\n'
    const { header } = examine(text)
    memory.keep(header!, { unit: 'uV', rateHz: 100 })
    const reply = await readWithAnswers(memory, reader, named('a', text), async () => undefined, {})
    expect(reply).toMatchObject({ ok: true, value: { summary: { rateHz: 500, answered: [] } } })
  })
})
