import { randomInt } from 'node:crypto'
import { expect, it } from 'vitest'
import { listPatients, type PatientOrder } from '../../src-main/registry/search/list-patients.ts'
import { mergePatients, undoMerge } from '../../src-main/registry/tables/merges.ts'
import { createPatient, getPatient, updatePatient } from '../../src-main/registry/tables/patients.ts'
import { assignRecording, storeRecording } from '../../src-main/registry/tables/recordings.ts'
import { currentReview } from '../../src-main/registry/tables/review-rows.ts'
import { reviewScreening, signScreening } from '../../src-main/registry/tables/reviews.ts'
import { addScreening } from '../../src-main/registry/tables/screenings.ts'
import { TODAY as DAY } from '../../src-main/registry/worklist/work-conditions.ts'
import { countKinds, countWork, listWork, type WorkOrder } from '../../src-main/registry/worklist/list-work.ts'
import { madeUpPatient } from '../../src-main/registry/demonstration/made-up-patients.ts'
import type { WorkFilter } from '../../src-preload/contract/index.ts'
import { madeUpResult } from './exchange/made-up-result.ts'
import { found } from './found.ts'
import { newRecording, newWorkspace, patientFields } from './support.ts'

type Workspace = Awaited<ReturnType<typeof newWorkspace>>

const FINDINGS = ['cad', 'hf', 'cm', 'ph'] as const
const TODAY = { date: '2026-01-05', startMs: Date.UTC(2026, 0, 5) }
const EVERYTHING: WorkFilter = { text: '', today: false, unassigned: false, positive: false, states: [] }

const pick = <T>(of: readonly T[]): T => of[randomInt(of.length)]!

/** One thing that people do, drawn at random. */
function doSomething({ registry, by }: Workspace, index: number): void {
  const { db } = registry
  const ids = (sql: string): string[] => (db.prepare(sql).all() as { id: string }[]).map(({ id }) => id)
  const patients = ids('SELECT id FROM patient WHERE merged_into IS NULL')
  const recordings = ids('SELECT id FROM recording')
  const screenings = ids('SELECT id FROM screening')
  const merges = ids(`SELECT patient_merge.id FROM patient_merge JOIN patient ON patient.id = kept_id
    WHERE undone_ms IS NULL AND merged_into IS NULL`)
  const recording = newRecording(registry, `waveform ${index}`, {
    patientId: patients.length > 0 && randomInt(3) > 0 ? pick(patients) : null,
    refusal: randomInt(4) === 0 ? { code: 'quality/flat', message: 'flat' } : null,
  })
  const startTime = randomInt(5) === 0 ? undefined : `2026-01-0${1 + randomInt(6)}T09:30:00`
  const { startTime: _, ...summary } = recording.summary
  void _
  const things: (() => unknown)[] = [
    () => registry.change(by, (change) => createPatient(change, madeUpPatient(5, index))),
    () => registry.change(by, (change) => storeRecording(change, { ...recording, summary: { ...summary, ...(startTime && { startTime }) } })), // prettier-ignore
    () => registry.change(by, (change) => addScreening(change, madeUpResult(pick(recordings), FINDINGS.filter(() => randomInt(3) === 0)))), // prettier-ignore
    () => registry.change(by, (change) => assignRecording(change, pick(recordings), randomInt(3) === 0 ? null : pick(patients))), // prettier-ignore
    () =>
      registry.change(by, (change) => {
        const id = pick(screenings)
        const state = currentReview(db, id)?.state
        if (state === 'reviewed') signScreening(change, id)
        else reviewScreening(change, id, { agreement: 'agree', conclusion: 'seen' })
      }),
    () =>
      registry.change(by, (change) => {
        const { revision, localId, name, sex, birthDate } = getPatient(db, pick(patients))
        const others = { heightCm: null, weightKg: null, ethnicity: null, contact: null, notes: null }
        return updatePatient(change, getPatient(db, pick(patients)).id, revision, { localId, name: `${name}x`, sex, birthDate, ...others }) // prettier-ignore
      }),
    () =>
      registry.change(by, (change) => {
        const [keptId, absorbedId] = [pick(patients), pick(patients)]
        const { revision, localId, name, sex, birthDate, heightCm, weightKg, ethnicity, contact, notes } = getPatient(db, keptId) // prettier-ignore
        const fields = { localId, name, sex, birthDate, heightCm, weightKg, ethnicity, contact, notes }
        mergePatients(change, { keptId, absorbedId, keptRevision: revision, fields, reason: 'one' })
      }),
    () => registry.change(by, (change) => undoMerge(change, pick(merges), 'two')),
  ]
  try {
    pick(things)()
  } catch {
    // Nobody to pick from, or a rule of the registry: nothing happened.
  }
}

/** What the triggers keep, computed anew from the tables that it comes from. */
const ANEW = {
  work: `SELECT recording.number, CASE WHEN screening.id IS NOT NULL THEN coalesce(
        (SELECT state FROM review WHERE screening_id = screening.id ORDER BY number DESC LIMIT 1), 'draft')
      WHEN refusal_code IS NOT NULL THEN 'refused' ELSE 'unscreened' END AS state,
    coalesce(positive_cad + positive_hf + positive_cm + positive_ph, -1) AS positive, patient_id IS NOT NULL AS assigned,
    coalesce(recorded_at, '') AS recorded_at, coalesce(patient.name, '') AS patient_name, screening.number AS screening
    FROM recording LEFT JOIN patient ON patient.id = patient_id LEFT JOIN screening ON screening.number =
      (SELECT max(number) FROM screening AS newest WHERE newest.recording_id = recording.id) ORDER BY 1`,
  patient_visit: `SELECT DISTINCT recorded_date AS date, patient.number FROM recording JOIN patient
    ON patient.id = patient_id WHERE recorded_date IS NOT NULL ORDER BY 1, 2`,
  patient_finding: FINDINGS.map(
    (
      finding,
    ) => `SELECT '${finding}' AS finding, patient.number FROM patient WHERE id IN (SELECT patient_id FROM recording
      JOIN screening ON screening.recording_id = recording.id WHERE positive_${finding} = 1)`,
  ).join(' UNION '),
}

function expectKept({ registry: { db } }: Workspace): void {
  for (const [table, sql] of Object.entries(ANEW)) {
    expect(db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all(), table).toEqual(db.prepare(sql).all())
  }
  const count = (sql: string): number => (db.prepare(`SELECT count(*) AS count FROM ${sql}`).get() as { count: number }).count // prettier-ignore
  const states = ['unscreened', 'refused', 'draft', 'reviewed', 'signed', 'amended']
  expect(Object.fromEntries((db.prepare('SELECT name, count FROM tally').all() as { name: string; count: number }[]).map(({ name, count: n }) => [name, n]))) // prettier-ignore
    .toEqual({
      patients: count('patient WHERE merged_into IS NULL'),
      recordings: count('recording'),
      unassigned: count('recording WHERE patient_id IS NULL'),
      positive: count('work WHERE positive > 0'),
      ...Object.fromEntries(states.map((state) => [state, count(`work WHERE state = '${state}'`)])),
      ...Object.fromEntries(
        FINDINGS.map((finding) => [finding, count(`patient_finding WHERE finding = '${finding}'`)]),
      ),
    })
}

it('finds who was recorded or born on a day, in whatever way the day is written year first', async () => {
  const { registry, by, access } = await newWorkspace()
  const patient = registry.change(by, (change) => createPatient(change, patientFields({ birthDate: '2004-02-29' })))
  const recording = newRecording(registry, 'waveform', { patientId: patient.id })
  registry.change(by, (change) => storeRecording(change, recording))
  for (const text of ['2026-01-04', '2026/1/4', '2026年1月4日', '20260104', '2004-2-29', '２００４.２.２９']) {
    expect([text, found(registry.db, text).map(({ id }) => id)]).toEqual([text, [patient.id]])
  }
  expect(found(registry.db, '2026-01-05')).toEqual([])
  access.close()
})

it('keeps counts, visits, findings and the work list through whatever people do', async () => {
  const workspace = await newWorkspace()
  for (let index = 0; index < 400; index += 1) {
    doSomething(workspace, index)
    if (index % 40 === 39) expectKept(workspace)
  }
  const { db } = workspace.registry
  const kinds = countKinds(db, TODAY)
  for (const [kind, filter] of Object.entries({
    all: {},
    today: { today: true },
    unassigned: { unassigned: true },
    unscreened: { states: ['unscreened'] },
    waiting: { states: ['draft'] },
    positive: { positive: true },
    refused: { states: ['refused'] },
  } satisfies Record<string, Partial<WorkFilter>>)) {
    const whole = { ...EVERYTHING, ...filter } as WorkFilter
    const rows = listWork(db, { filter: whole, order: 'importedAt', descending: true, offset: 0, limit: 1000 }, TODAY)
    expect([kind, kinds[kind as keyof typeof kinds]]).toEqual([kind, rows.length])
    expect(countWork(db, whole, TODAY)).toBe(rows.length)
  }
})

it('shows the same rows page by page, forwards, backwards and by jumps, in every order', async () => {
  const workspace = await newWorkspace()
  for (let index = 0; index < 300; index += 1) doSomething(workspace, index)
  const { db } = workspace.registry
  const LIMIT = 7
  const compare = (whole: readonly unknown[], page: (offset: number) => readonly unknown[]): void => {
    const offsets = Array.from({ length: Math.ceil(whole.length / LIMIT) }, (_, index) => index * LIMIT)
    const jumps = offsets.map(() => randomInt(whole.length + 5))
    for (const offset of [...offsets, ...offsets.toReversed(), ...jumps]) {
      expect(page(offset)).toEqual(whole.slice(offset, offset + LIMIT))
    }
  }
  for (const descending of [true, false]) {
    for (const order of ['importedAt', 'recordedAt', 'patient', 'state', 'risk'] satisfies WorkOrder[]) {
      for (const filter of [EVERYTHING, { ...EVERYTHING, positive: true }, { ...EVERYTHING, text: 'recording' }]) {
        const list = (offset: number, limit: number) =>
          listWork(db, { filter, order, descending, offset, limit }, TODAY).map(({ id }) => id)
        compare(list(0, 1000), (offset) => list(offset, LIMIT))
      }
    }
    for (const order of ['newest', 'localId', 'birthDate'] satisfies PatientOrder[]) {
      for (const finding of [null, 'hf' as const]) {
        for (const text of ['', 'w', '2026-01-03']) {
          const list = (offset: number, limit: number) => listPatients(db, { text, finding, order, descending, offset, limit }) // prettier-ignore
          const { rows, total } = list(0, 1000)
          expect(total).toBe(rows.length)
          compare(rows, (offset) => list(offset, LIMIT).rows)
        }
      }
    }
  }
})

it('reads lists along an index: nothing is sorted, no table is read from end to end', async () => {
  const { registry } = await newWorkspace()
  const plans: string[] = []
  const { db } = registry
  const planOf = (sql: string, bound: object = {}): string =>
    (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(bound) as { detail: string }[]).map(({ detail }) => detail).join('; ')
  for (const [table, key, where] of [
    ['patient', 'number', 'merged_into IS NULL'],
    ['patient', 'local_id', 'merged_into IS NULL'],
    ['patient', `coalesce(birth_date, '')`, 'merged_into IS NULL'],
    ['work', 'recorded_at', '1'],
    ['work', 'patient_name', '1'],
    ['work', 'positive', '1'],
    ['work', 'number', `state IN ('draft')`],
    ['work', 'number', 'assigned = 0'],
  ]) {
    const beyond = key === 'number' ? 'number < 5' : `${key} <= 'x' AND (${key} < 'x' OR number < 5)`
    const order = key === 'number' ? 'number DESC' : `${key} DESC, number DESC`
    plans.push(planOf(`SELECT number, ${key} FROM ${table} WHERE ${where} AND ${beyond} ORDER BY ${order} LIMIT 5`))
  }
  expect(planOf(`SELECT count(*) FROM (${DAY})`, { todayDate: '2026-01-05', todayMs: 1 })).not.toMatch(
    /TEMP B-TREE|SCAN recording/,
  )
  for (const plan of plans) {
    expect(plan).toMatch(/^SEARCH/)
    expect(plan).not.toMatch(/TEMP B-TREE|SCAN/)
  }
})
