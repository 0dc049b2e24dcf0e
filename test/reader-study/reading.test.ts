import { describe, expect, it } from 'vitest'
import { allocate } from '../../src-main/reader-study/allocation/allocate.ts'
import { deliveryPlan, type PlannedRead } from '../../src-main/reader-study/allocation/delivery-plan.ts'
import { RandomStream } from '../../src-main/reader-study/allocation/random-stream.ts'
import { checkAnswers, questionsOf } from '../../src-main/reader-study/reading/answers.ts'
import { checkClock } from '../../src-main/reader-study/reading/clock.ts'
import { icalendar } from '../../src-main/reader-study/reading/icalendar.ts'
import {
  appendEntry,
  brokenAt,
  type LogBody,
  type LogEntry,
  makeReaderKeys,
} from '../../src-main/reader-study/reading/log.ts'
import { needsPause, readerState } from '../../src-main/reader-study/reading/session.ts'
import { exampleProtocol, SEED, STUDY_ID } from './example.ts'
import { LONG } from './long.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = Date.UTC(2026, 2, 1, 8)
const keys = makeReaderKeys()
const protocol = exampleProtocol({ cases: 8, readers: 1 })
const plan = deliveryPlan(allocate(protocol, SEED), (c, arm) => `${c}${arm}`, new RandomStream(SEED, 'tokens'))

/** A reader with a clock that the test sets. */
class TestReader {
  readonly entries: LogEntry[] = []
  nowMs = START
  runId = 'run-1'
  runStartMs = START

  moment() {
    return { wallMs: this.nowMs, monotonicMs: Math.max(0, this.nowMs - this.runStartMs), runId: this.runId }
  }
  add(body: LogBody): void {
    const line = { studyId: STUDY_ID, readerId: 1, moment: this.moment(), body }
    this.entries.push(appendEntry(this.entries.at(-1) ?? null, line, keys))
  }
  state() {
    return readerState(protocol, plan, this.entries, this.nowMs)
  }
  submit(read: PlannedRead): void {
    const answers = { confidence: 50 }
    this.add({
      kind: 'submitted',
      version: 1,
      readId: read.readId,
      answers,
      activeMs: 60_000,
      awayMs: 0,
      tools: {},
      overTime: false,
    })
  }
  /** Reads until something else than a read comes. */
  readAll(): PlannedRead[] {
    const done: PlannedRead[] = []
    for (let state = this.state(); state.kind === 'read'; state = this.state()) {
      done.push(state.read)
      this.nowMs += 60_000
      this.submit(state.read)
    }
    return done
  }
}

describe('a reader', () => {
  it('reads stage 1, waits for the washout, the sitting and the task, and is then finished', () => {
    const reader = new TestReader()
    expect(reader.state()).toMatchObject({ kind: 'read', number: 1, of: 8 })
    expect(reader.readAll().map((read) => read.readId)).toEqual(plan.slice(0, 8).map((read) => read.readId))
    expect(reader.state()).toMatchObject({ kind: 'waiting', reason: 'washout', stageId: 'stage-2' })
    reader.nowMs += 28 * DAY
    expect(reader.readAll()).toHaveLength(8)
    expect(reader.state()).toMatchObject({ kind: 'waiting', reason: 'sitting' })
    reader.nowMs += 13 * HOUR
    expect(reader.readAll()).toHaveLength(8)
    for (const pass of [1, 2]) {
      reader.nowMs += 13 * HOUR
      expect(reader.readAll(), `pass ${pass} of the task`).toHaveLength(8)
    }
    expect(reader.state()).toEqual({ kind: 'finished' })
    expect(new Set(reader.entries.map((entry) => entry.body.kind === 'submitted' && entry.body.readId)).size).toBe(40)
    expect(brokenAt(reader.entries, keys.publicKey)).toBeNull()
  })

  it('opens each case of stage 2 exactly 28 days after its own signed read', () => {
    const reader = new TestReader()
    const first = reader.readAll()
    const readAt = new Map(first.map((read, index) => [read.caseToken, START + (index + 1) * 60_000]))
    reader.nowMs = START + 28 * DAY - 1
    expect(reader.state().kind).toBe('waiting')
    // Half of the cases are due: only those are handed out.
    reader.nowMs = START + 4 * 60_000 + 28 * DAY
    const state = reader.state()
    expect(state.kind).toBe('read')
    if (state.kind === 'read') expect(readAt.get(state.read.caseToken)).toBeLessThanOrEqual(START + 4 * 60_000)
  })

  it('opens early only by a coordinator’s line, and says so', () => {
    const reader = new TestReader()
    reader.readAll()
    reader.add({
      kind: 'opened-early',
      stageId: 'stage-2',
      by: 'Coordinator',
      reason: 'The reader leaves the hospital.',
    })
    expect(reader.state()).toMatchObject({ kind: 'read', early: true })
  })

  it('comes back to the same case after a crash, and never sees a submitted one again', () => {
    const rounds = LONG ? 1000 : 60
    const random = new RandomStream(SEED, 'kills')
    for (let round = 0; round < rounds; round++) {
      const reader = new TestReader()
      const submitted: string[] = []
      while (submitted.length < 8) {
        const state = reader.state()
        if (state.kind !== 'read') throw new Error(state.kind)
        reader.add({ kind: 'shown', readId: state.read.readId })
        if (random.below(3) === 0) {
          // Killed before the submission was written: a new run, the same log.
          reader.runId = `run-${submitted.length}-${random.below(1e9)}`
          reader.runStartMs = reader.nowMs
          expect(reader.state()).toMatchObject({ kind: 'read', read: { readId: state.read.readId } })
          continue
        }
        reader.submit(state.read)
        submitted.push(state.read.readId)
      }
      expect(submitted).toEqual(plan.slice(0, 8).map((read) => read.readId))
    }
  })

  it('is asked for a pause after the active time that the protocol sets, and reads on behind it', () => {
    const reader = new TestReader()
    const state = reader.state()
    if (state.kind !== 'read') throw new Error(state.kind)
    expect(needsPause(protocol, reader.entries, reader.nowMs)).toBe(false)
    const body = { kind: 'submitted', version: 1, answers: {}, awayMs: 0, tools: {}, overTime: false } as const
    reader.add({ ...body, readId: state.read.readId, activeMs: 45 * 60_000 })
    expect(needsPause(protocol, reader.entries, reader.nowMs)).toBe(true)
    reader.add({ kind: 'paused' })
    expect(needsPause(protocol, reader.entries, reader.nowMs)).toBe(false)
    expect(reader.state().kind).toBe('pause')
    reader.nowMs += 5 * 60_000
    expect(reader.state().kind).toBe('read')
  })
})

describe('the clock', () => {
  const reader = new TestReader()
  reader.add({ kind: 'checkpoint' })
  const { entries } = reader
  const at = (wallMs: number, monotonicMs: number, runId = 'run-1') => ({ wallMs, monotonicMs, runId })

  it('set back by more than five minutes is refused a thousand times of a thousand', () => {
    const random = new RandomStream(SEED, 'clock')
    for (let i = 0; i < 1000; i++) {
      const back = 5 * 60_000 + 1 + random.below(40 * 365) * HOUR
      expect(() => checkClock(at(START - back, 0, `run-${i}`), entries)).toThrow('Set it right')
    }
  })
  it('set back by less goes on', () => expect(checkClock(at(START - 4 * 60_000, 10), entries)).toBeNull())
  it('also yields to the latest time signed by anybody on this computer', () =>
    expect(() => checkClock(at(START + HOUR, HOUR), entries, START + 2 * HOUR)).toThrow('Set it right'))
  it('set forward inside a run is measured', () => {
    expect(checkClock(at(START + 30 * DAY, 60_000), entries)).toBe(30 * DAY - 60_000)
    expect(checkClock(at(START + HOUR, HOUR), entries)).toBeNull()
  })
  it('does not know time zones, daylight saving or 2038: it counts UTC', () => {
    const late = new TestReader()
    late.nowMs = Date.UTC(2038, 0, 19, 3, 14, 8)
    late.runStartMs = late.nowMs
    late.add({ kind: 'checkpoint' })
    expect(checkClock(at(late.nowMs + HOUR, HOUR), late.entries)).toBeNull()
  })
})

describe('the log', () => {
  const reader = new TestReader()
  reader.readAll()
  it('names the first line that was changed, removed, moved or signed by somebody else', () => {
    const copy = (): LogEntry[] => structuredClone(reader.entries)
    const changed = copy()
    const { body } = changed[3]!
    if (body.kind === 'submitted') body.answers['confidence'] = 51
    expect(brokenAt(changed, keys.publicKey)).toContain('line 4: its content was changed')
    expect(brokenAt(copy().toSpliced(2, 1), keys.publicKey)).toContain('line 3: a line is missing')
    expect(brokenAt(copy(), makeReaderKeys().publicKey)).toContain('signature')
    expect(brokenAt([...copy().slice(0, 2), copy()[3]!], keys.publicKey)).toContain('line 3')
  })
})

describe('answers', () => {
  const questions = questionsOf(protocol, protocol.stages[0]!)
  const good = { confidence: 0, call: 'no', seen: 'unsure' }
  it('are taken when complete, an autosave also before', () => {
    expect(() => checkAnswers(questions, good)).not.toThrow()
    expect(() => checkAnswers(questions, { call: 'no' }, { complete: false })).not.toThrow()
  })
  it.each([
    [{ call: 'no', seen: 'no' }, 'not answered'],
    [{ ...good, confidence: 101 }, 'none that it allows'],
    [{ ...good, confidence: 50.5 }, 'none that it allows'],
    [{ ...good, subtype: 'amyloid' }, 'none that it allows'],
    [{ ...good, real: 'real' }, 'not asked'],
  ])('%j are refused', (answers, why) => expect(() => checkAnswers(questions, answers as never)).toThrow(why))
})

describe('iCalendar', () => {
  const text = icalendar(
    [
      {
        uid: 'a@study',
        startsMs: Date.UTC(2026, 3, 1, 8, 30),
        title: '读片研究；第二阶段, due',
        description: 'x'.repeat(100),
      },
    ],
    { madeMs: START },
  )
  it('ends every line with CRLF, has none above 75 octets, and unfolds to what was meant', () => {
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(text.replace(/\r\n[ ]/g, '')).toContain('SUMMARY:读片研究；第二阶段\\, due\r\n')
    expect(text).toContain('DTSTART:20260401T083000Z\r\n')
  })
})
