import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openEncrypted, type ReadableDb, type WritableDb } from '../../src-main/registry/database.ts'
import { madeUpPatient } from '../../src-main/registry/demonstration/made-up-patients.ts'
import { deriveKey } from '../../src-main/registry/keys.ts'
import { migrate, schemaVersion, type Migration } from '../../src-main/registry/migrate.ts'
import { migrations } from '../../src-main/registry/migrations/index.ts'
import { Registry } from '../../src-main/registry/registry.ts'
import { searchPatients } from '../../src-main/registry/search/search-patients.ts'
import { temporaryFolder } from './support.ts'

const PATIENTS = 60

/** A registry as version `version` left it, with patients in it. */
function registryOf(version: number) {
  const directory = join(temporaryFolder(), 'registry')
  mkdirSync(directory)
  const dataKey = randomBytes(32)
  const key = deriveKey(dataKey, 'database')
  const path = join(directory, 'registry.db')
  const db = openEncrypted(path, key)
  migrate(db, migrations, version)
  fill(db)
  return { directory, dataKey, key, path, db }
}

function fill(db: WritableDb): void {
  const insert = db.prepare(
    'INSERT INTO patient (id, local_id, name, sex, birth_date, created_ms, updated_ms) VALUES (?, ?, ?, ?, ?, 1, 1)',
  )
  for (let index = 0; index < PATIENTS; index += 1) {
    const { localId, name, sex, birthDate } = madeUpPatient(7, index)
    insert.run(`id-${index}`, localId, name, sex, birthDate)
  }
}

const schemaOf = (db: ReadableDb): unknown =>
  db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all()

/** The step, broken off before its `nth` statement. */
function brokenOff(step: Migration, nth: number): Migration {
  return (db) => {
    let statements = 0
    const count = (): void => {
      statements += 1
      if (statements === nth) throw new Error('killed')
    }
    step(
      new Proxy(db, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name)
          if (typeof value !== 'function') return value
          if (name !== 'exec' && name !== 'prepare') return value.bind(target) as unknown
          return (sql: string) => {
            if (name === 'prepare') {
              count()
              return target.prepare(sql)
            }
            for (const part of partsOf(sql)) {
              count()
              target.exec(part)
            }
            return target
          }
        },
      }),
    )
    throw new Error('killed')
  }
}

/** Statements of a script; a trigger's body has its own semicolons. */
function partsOf(sql: string): string[] {
  return sql.split(/;\s*\n(?!\s*BEGIN)/).filter((part) => part.trim() !== '')
}

describe('a migration', () => {
  for (let version = 1; version < migrations.length; version += 1) {
    it(`from version ${version} keeps every patient and makes what a new registry has`, () => {
      const old = registryOf(version)
      const before = old.db.prepare('SELECT id, local_id, name, birth_date FROM patient ORDER BY id').all()
      old.db.close()
      const registry = Registry.open(old)
      expect(schemaVersion(registry.db)).toBe(migrations.length)
      expect(registry.db.prepare('SELECT id, local_id, name, birth_date FROM patient ORDER BY id').all()).toEqual(
        before,
      )
      const made = Registry.open({ directory: join(temporaryFolder(), 'registry'), dataKey: randomBytes(32) })
      expect(schemaOf(registry.db)).toEqual(schemaOf(made.db))
      // The second migration makes the search entries of the patients that are there; later versions write them with each patient.
      if (version === 1) {
        const { name } = madeUpPatient(7, 5)
        expect(searchPatients(registry.db, { text: name, limit: 99 }).map((row) => row.name)).toContain(name)
      }
      registry.close()
      made.close()
    })

    it(`from version ${version} that is broken off anywhere leaves the old version whole`, () => {
      const { db } = registryOf(version)
      const before = schemaOf(db)
      for (let nth = 1; nth <= 12; nth += 1) {
        const steps = migrations.with(version, brokenOff(migrations[version]!, nth))
        expect(() => migrate(db, steps, version + 1)).toThrow('killed')
        expect(schemaVersion(db)).toBe(version)
        expect(schemaOf(db)).toEqual(before)
      }
      migrate(db, migrations)
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
      db.close()
    })
  }
})

describe('an older application', () => {
  it('refuses a newer registry within two seconds and leaves it byte for byte', () => {
    const newer = registryOf(migrations.length)
    newer.db.pragma(`user_version = ${migrations.length + 1}`)
    // Work of the newer version that is still in the log, as after a kill.
    newer.db.exec(`UPDATE patient SET notes = 'newer'`)
    const directory = join(temporaryFolder(), 'registry')
    mkdirSync(directory)
    const names = ['registry.db', 'registry.db-wal'] as const
    for (const name of names) copyFileSync(join(newer.directory, name), join(directory, name))
    const read = () => names.map((name) => readFileSync(join(directory, name)).toString('hex'))
    const before = read()
    const started = performance.now()
    expect(() => Registry.open({ directory, dataKey: newer.dataKey })).toThrow(
      expect.objectContaining({ code: 'registry/schema-newer' }),
    )
    expect(performance.now() - started).toBeLessThan(2000)
    expect(read()).toEqual(before)
    newer.db.close()
  })
})
