import { madeUpPatient } from '../../src-main/registry/demonstration/made-up-patients.ts'
import type { Registry } from '../../src-main/registry/registry.ts'
import { listPatients, type PatientList } from '../../src-main/registry/search/list-patients.ts'
import { hanSyllables } from '../../src-main/registry/search/pinyin.ts'
import { countKinds, countWork, listWork } from '../../src-main/registry/worklist/list-work.ts'
import { auditChoices, searchAudit } from '../../src-main/registry/audit/search-audit.ts'
import type { AuditFilter } from '../../src-preload/contract/audit.ts'
import { WHOLE_TRAIL } from '../../src-preload/contract/constants.ts'
import type { PersonId } from '../../src-preload/contract/ids.ts'
import type { WorkFilter } from '../../src-preload/contract/index.ts'

export interface Measured {
  readonly kind: string
  readonly sortedMs: readonly number[]
}

const TIMES = 40
const TODAY = { date: '2025-06-01', startMs: Date.UTC(2100, 0, 1) }
const EVERYTHING: WorkFilter = { text: '', today: false, unassigned: false, positive: false, states: [] }
const NOBODY = '00000000-0000-7000-8000-000000000000' as PersonId
const PAGE = { order: 'newest', descending: true, offset: 0, limit: 100 } as const

/** Every kind of search and list whose name has `only` in it, each `TIMES` times with words of patients that are there. */
export function measureSearches({ db }: Registry, patients: number, only = ''): Measured[] {
  const patient = (turn: number) => madeUpPatient(1, Math.floor(((turn + 0.5) * patients) / TIMES))
  const isHan = (name: string): boolean => /\p{Script=Han}/u.test(name)
  const han = (turn: number): string[] => {
    for (let next = turn; ; next += 0.013) {
      const { name } = madeUpPatient(1, Math.floor(((next + 0.5) * patients) / TIMES) % patients)
      if (isHan(name)) return [...name]
    }
  }
  const latin = (turn: number): string => {
    for (let next = turn; ; next += 0.013) {
      const { name } = madeUpPatient(1, Math.floor(((next + 0.5) * patients) / TIMES) % patients)
      if (!isHan(name)) return name.split(' ').at(-1)!
    }
  }
  const search = (list: Partial<PatientList>): unknown =>
    listPatients(db, { text: '', finding: null, ...PAGE, ...list })
  const day = (turn: number): string => new Date(Date.UTC(2024, 0, 1 + turn * 17)).toISOString().slice(0, 10)
  const work = (
    filter: Partial<WorkFilter>,
    offset = 0,
    order: Parameters<typeof listWork>[1]['order'] = 'importedAt',
  ) => {
    const whole = { ...EVERYTHING, ...filter }
    countWork(db, whole, TODAY)
    return listWork(db, { filter: whole, order, descending: true, offset, limit: 100 }, TODAY)
  }
  const recordings = Math.floor(patients / 10)
  const audit = (filter: Partial<AuditFilter>, offset = 0): unknown =>
    searchAudit(db, { ...WHOLE_TRAIL, ...filter }, { offset, limit: 100 })
  const idOf = (turn: number): string =>
    (
      db.prepare('SELECT id FROM patient WHERE number = ?').get(1 + turn * Math.floor(patients / TIMES)) as {
        id: string
      }
    ).id
  const { last } = db.prepare('SELECT max(at_ms) AS last FROM audit').get() as { last: number }
  const lastDay = { fromMs: last - 86_400_000, untilMs: last + 1 }
  const kinds: [string, (turn: number) => unknown][] = [
    ['name, whole (Chinese)', (turn) => search({ text: han(turn).join('') })],
    ['name, one character (Chinese)', (turn) => search({ text: han(turn)[turn % 2]! })],
    ['name, a part from the middle (Latin)', (turn) => search({ text: latin(turn).slice(1, 4) })],
    ['name, one letter', (turn) => search({ text: 'wzlycxhs'[turn % 8]! })],
    ['name in pinyin', (turn) => search({ text: hanSyllables(han(turn)).join('') })],
    ['pinyin initials', (turn) => search({ text: hanSyllables(han(turn)).map((one) => one[0]).join('') })], // prettier-ignore
    ['id, whole', (turn) => search({ text: patient(turn).localId })],
    ['id, last digits', (turn) => search({ text: patient(turn).localId.slice(-4) })],
    ['birth date', (turn) => search({ text: patient(turn).birthDate! })],
    ['birth year and month', (turn) => search({ text: patient(turn).birthDate!.slice(0, 7) })],
    ['date of visit', (turn) => search({ text: day(turn) })],
    ['finding, common', () => search({ finding: 'cad' })],
    ['finding, rare', () => search({ finding: 'ph' })],
    ['finding and name', (turn) => search({ finding: turn % 2 ? 'cad' : 'ph', text: han(turn)[0]! })],
    ['finding, by birth date', (turn) => search({ finding: 'hf', order: 'birthDate', offset: turn * 100 })],
    ['name, by id', (turn) => search({ text: han(turn)[0]!, order: 'localId' })],
    ['patients, page after page', (turn) => search({ offset: turn * 100 })],
    ['patients by id, page after page', (turn) => search({ order: 'localId', offset: turn * 100 })],
    ['patients, a jump', (turn) => search({ offset: (turn * 7919 * 100) % 100_000 })],
    ['work list and its count', () => work({})],
    ['work list, page after page', (turn) => work({}, turn * 100)],
    ['work list by patient, page after page', (turn) => work({}, turn * 100, 'patient')],
    ['work list, a jump', (turn) => work({}, (turn * 7919) % recordings)],
    ['work list, positive', () => work({ positive: true })],
    ['work list, waiting for review', () => work({ states: ['draft'] })],
    ['counts of the work list', () => countKinds(db, TODAY)],
    ['audit trail, page after page', (turn) => audit({}, turn * 100)],
    ['audit trail, a jump', (turn) => audit({}, (turn * 7919) % patients)],
    ['audit trail, a common action', (turn) => audit({ action: 'patient:create' }, turn * 100)],
    ['audit trail, a rare action', () => audit({ action: 'registry:create-signing-key' })],
    ['audit trail, a common kind', (turn) => audit({ kind: 'patient' }, turn * 100)],
    ['audit trail, one record', (turn) => audit({ recordId: idOf(turn), kind: 'patient' })],
    ['audit trail, one record of any kind', (turn) => audit({ recordId: idOf(turn) })],
    ['audit trail, one person', () => audit({ personId: NOBODY })],
    ['audit trail, one day', () => audit(lastDay)],
    ['audit trail, one day and a common kind', () => audit({ ...lastDay, kind: 'patient' })],
    ['audit trail, what one can choose from', () => auditChoices(db)],
  ]
  return kinds.filter(([kind]) => kind.includes(only)).map(([kind, run]) => ({ kind, sortedMs: timesOf(run) }))
}

function timesOf(run: (turn: number) => unknown): number[] {
  return Array.from({ length: TIMES }, (_, turn) => {
    const started = performance.now()
    run(turn)
    return performance.now() - started
  }).sort((one, other) => one - other)
}
