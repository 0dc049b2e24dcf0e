import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeBackup, type BackupOrder } from '../../src-main/registry/backup/make-backup.ts'
import { syncFile } from '../../src-main/registry/blobs/write-durably.ts'
import { openEncrypted, type WritableDb } from '../../src-main/registry/database.ts'
import { madeUpPatient } from '../../src-main/registry/demonstration/made-up-patients.ts'
import { newIdentifier, systemEnvironment } from '../../src-main/registry/environment.ts'
import { deriveKey } from '../../src-main/registry/keys.ts'
import { DATABASE_FILE } from '../../src-main/registry/open-for-reading.ts'
import { APPLICATION, type Registry } from '../../src-main/registry/registry.ts'
import { listPatients } from '../../src-main/registry/search/list-patients.ts'
import { matchQuery } from '../../src-main/registry/search/match-query.ts'
import { searchTokens } from '../../src-main/registry/search/search-tokens.ts'
import { createPatient } from '../../src-main/registry/tables/patients.ts'
import { listWork } from '../../src-main/registry/worklist/list-work.ts'
import { KEY, largeRegistry } from '../registry/large-registry.ts'
import { best, ms, timed, type BenchRow } from './report.ts'

const PATIENTS = 20_000
const ROUNDS = 15
const IN_ONE_CHANGE = 500
const LIMIT = 1.5

/**
 * The registry beside the bare driver: the same statements on a copy of the same encrypted file with the same settings,
 * with everything that is not SQL (search tokens, hashes, JSON, checks) worked out beforehand or left out.
 */
export async function benchRegistry(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cardionets-bench-'))
  const registry = await largeRegistry(join(folder, 'ours'), PATIENTS, () => undefined)
  const bareFile = join(folder, 'bare.db')
  registry.db.prepare('VACUUM INTO ?').run(bareFile)
  const bare = openEncrypted(bareFile, deriveKey(Buffer.from(KEY), 'database'))
  try {
    return [
      await compare('a patient, each on the disk', insertOne(registry, bare)),
      await compare(`${IN_ONE_CHANGE} patients in one change`, insertMany(registry, bare)),
      await compare('search, ten names', search(registry, bare)),
      await compare('patient list, ten pages', patientPages(registry, bare)),
      await compare('work list, ten pages', workPages(registry, bare)),
      await compare('backup', backup(registry, bare, folder)),
    ]
  } finally {
    bare.close()
    registry.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Pair {
  ours(round: number): unknown
  bare(round: number): unknown
}

async function compare(name: string, { ours, bare }: Pair): Promise<BenchRow> {
  const [own, other]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    own.push(await timed(() => ours(round)))
    other.push(await timed(() => bare(round)))
  }
  const ratio = best(own) / best(other)
  return {
    name: `registry: ${name}`,
    measured: ms(best(own)),
    beside: `${ms(best(other))} bare driver`,
    ratio,
    limit: `≤ ${LIMIT} ×`,
    ok: ratio <= LIMIT,
  }
}

/** The statements of a new patient, their values ready. */
function bareInsert(bare: WritableDb) {
  const end = bare.prepare('SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1')
  const taken = bare.prepare('SELECT id FROM patient WHERE local_id = ?')
  const patient = bare.prepare(
    `INSERT INTO patient (id, local_id, name, sex, birth_date, height_cm, weight_kg, ethnicity, contact, notes,
       created_ms, updated_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const tokens = bare.prepare('INSERT INTO patient_search (rowid, tokens) VALUES (?, ?)')
  const audit = bare.prepare(
    `INSERT INTO audit (number, at_ms, offset_minutes, person_id, person_name, action, record_kind, record_id,
       before_json, after_json, reason, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const prepared = (index: number) => {
    const fields = { ...madeUpPatient(3, index), localId: `bare-${index}` }
    const id = newIdentifier(systemEnvironment)
    return { fields, id, tokens: searchTokens(fields), json: JSON.stringify(fields) }
  }
  const insert = ({ fields, id, tokens: words, json }: ReturnType<typeof prepared>): void => {
    const { number, hash } = end.get() as { number: number; hash: Buffer }
    const { localId, name, sex, birthDate, heightCm, weightKg, ethnicity, contact, notes } = fields
    taken.get(localId)
    const { lastInsertRowid } = patient.run(id, localId, name, sex, birthDate, heightCm, weightKg, ethnicity, contact, notes, 1, 1) // prettier-ignore
    tokens.run(lastInsertRowid, words)
    audit.run(number + 1, 1, 0, null, 'bare', 'patient:create', 'patient', id, null, json, null, hash)
  }
  return { prepared, insert }
}

const ourFields = (index: number) => ({ ...madeUpPatient(2, index), localId: `ours-${index}` })

function insertOne(registry: Registry, bare: WritableDb): Pair {
  const { prepared, insert } = bareInsert(bare)
  const rows = Array.from({ length: ROUNDS }, (_, round) => prepared(round))
  const fields = Array.from({ length: ROUNDS }, (_, round) => ourFields(round))
  return {
    ours: (round) => registry.change(APPLICATION, (change) => createPatient(change, fields[round]!)),
    bare: (round) => bare.transaction(() => insert(rows[round]!)).immediate(),
  }
}

function insertMany(registry: Registry, bare: WritableDb): Pair {
  const { prepared, insert } = bareInsert(bare)
  const range = (round: number) => Array.from({ length: IN_ONE_CHANGE }, (_, index) => 1000 * (round + 1) + index)
  const rows = Array.from({ length: ROUNDS }, (_, round) => range(round).map(prepared))
  const fields = Array.from({ length: ROUNDS }, (_, round) => range(round).map(ourFields))
  return {
    ours: (round) =>
      registry.change(APPLICATION, (change) => {
        for (const one of fields[round]!) createPatient(change, one)
      }),
    bare: (round) =>
      bare
        .transaction(() => {
          for (const one of rows[round]!) insert(one)
        })
        .immediate(),
  }
}

const PATIENT = `SELECT patient.id, patient.local_id AS localId, patient.name, patient.sex,
  patient.birth_date AS birthDate, (SELECT count(*) FROM recording WHERE patient_id = patient.id) AS recordingCount,
  (SELECT max(recorded_at) FROM recording WHERE patient_id = patient.id) AS lastRecordedAt,
  EXISTS (SELECT 1 FROM recording JOIN screening ON screening.recording_id = recording.id
    WHERE recording.patient_id = patient.id
      AND (positive_cad = 1 OR positive_hf = 1 OR positive_cm = 1 OR positive_ph = 1)) AS positive
  FROM patient WHERE number = ?`

function search({ db }: Registry, bare: WritableDb): Pair {
  const names = Array.from({ length: 10 }, (_, index) => madeUpPatient(1, 97 * index).name)
  const matches = names.map((name) => matchQuery(name)!)
  const found = bare.prepare(
    'SELECT rowid AS number FROM patient_search WHERE patient_search MATCH ? ORDER BY rowid DESC LIMIT 2001',
  )
  const row = bare.prepare(PATIENT)
  return {
    ours: () =>
      names.map((text) =>
        listPatients(db, { text, finding: null, order: 'newest', descending: true, offset: 0, limit: 100 }),
      ),
    bare: () =>
      matches.map((match) =>
        (found.all(match) as { number: number }[]).slice(0, 100).map(({ number }) => row.get(number)),
      ),
  }
}

function patientPages({ db }: Registry, bare: WritableDb): Pair {
  const page = bare.prepare(
    'SELECT number FROM patient WHERE merged_into IS NULL AND number < ? ORDER BY number DESC LIMIT 100',
  )
  const row = bare.prepare(PATIENT)
  return {
    ours: () => tenPages((offset) => listPatients(db, { text: '', finding: null, order: 'newest', descending: true, offset, limit: 100 })), // prettier-ignore
    bare: () => {
      let after = Number.MAX_SAFE_INTEGER
      return tenPages(() => {
        const numbers = page.all(after) as { number: number }[]
        after = numbers.at(-1)!.number
        return numbers.map(({ number }) => row.get(number))
      })
    },
  }
}

function workPages({ db }: Registry, bare: WritableDb): Pair {
  const filter = { text: '', today: false, unassigned: false, positive: false, states: [] }
  const today = { date: '2025-06-01', startMs: 0 }
  const page = bare.prepare('SELECT number, recorded_at FROM work WHERE recorded_at <= ? ORDER BY recorded_at DESC, number DESC LIMIT 100') // prettier-ignore
  const row = bare.prepare(
    `SELECT recording.id AS id,
       (SELECT file_name FROM recording_source WHERE recording_id = recording.id ORDER BY id LIMIT 1) AS file,
       patient.id AS patientId, patient.local_id AS localId, patient.name AS name, patient.sex AS sex,
       patient.birth_date AS birthDate, recording.summary_json AS summary, recording.recorded_at AS recordedAt,
       recording.imported_ms AS importedMs, recording.refusal_code AS refusalCode,
       recording.refusal_message AS refusalMessage, json_extract(screening.result_json, '$.diseases') AS diseases,
       json_extract(screening.result_json, '$.marks') AS marks,
       EXISTS (SELECT 1 FROM review WHERE review.screening_id = screening.id) AS reviewed, work.state AS state
     FROM work JOIN recording ON recording.number = work.number LEFT JOIN patient ON patient.id = recording.patient_id
       LEFT JOIN screening ON screening.number = work.screening WHERE work.number = ?`,
  )
  return {
    ours: () => tenPages((offset) => listWork(db, { filter, order: 'recordedAt', descending: true, offset, limit: 100 }, today)), // prettier-ignore
    bare: () => {
      let after = '9'
      return tenPages(() => {
        const numbers = page.all(after) as { number: number; recorded_at: string }[]
        after = numbers.at(-1)!.recorded_at
        return numbers.map(({ number }) => row.get(number))
      })
    },
  }
}

const tenPages = (show: (offset: number) => unknown): unknown[] =>
  Array.from({ length: 10 }, (_, page) => show(100 * page))

/** A copy as of one moment, on the disk, opened and checked from end to end. */
function backup(registry: Registry, bare: WritableDb, folder: string): Pair {
  const wrap = { owner: 'recovery', nameHash: null, salt: Buffer.alloc(16), sealedKey: Buffer.alloc(60) }
  const parameters = { algorithm: 'argon2id' as const, memoryKiB: 8, passes: 1, parallelism: 1 }
  const { directory: registryDirectory } = registry
  const recoveryWrap = { ...wrap, parameters }
  const order: Omit<BackupOrder, 'now' | 'folder'> = { registryDirectory, dataKey: Buffer.from(KEY), recoveryWrap }
  return {
    ours: (round) => {
      const into = join(folder, `backups-${round}`)
      makeBackup({ ...order, folder: into, now: { utcMs: Date.UTC(2026, 0, 1 + round), offsetMinutes: 0 } })
      rmSync(into, { recursive: true })
    },
    bare: (round) => {
      const copy = join(folder, `copy-${round}-${DATABASE_FILE}`)
      bare.prepare('VACUUM INTO ?').run(copy)
      syncFile(copy)
      const db = openEncrypted(copy, deriveKey(Buffer.from(KEY), 'database'), { readonly: true })
      db.pragma('quick_check(1)')
      db.close()
      rmSync(copy)
    },
  }
}
