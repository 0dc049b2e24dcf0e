import { mkdirSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { openEncrypted, type ReadableDb, type WritableDb } from '../../src-main/registry/database.ts'
import { madeUpPatient } from '../../src-main/registry/demonstration/made-up-patients.ts'
import { deriveKey } from '../../src-main/registry/keys.ts'
import { migrate, type Migration } from '../../src-main/registry/migrate.ts'
import { migrations } from '../../src-main/registry/migrations/index.ts'

const PATIENTS = 60

/** A registry as version `version` left it, with patients in it, in a new folder `registry` of `parent`. */
export function registryOf(version: number, parent: string, dataKey: Buffer = randomBytes(32)) {
  const directory = join(parent, 'registry')
  mkdirSync(directory, { recursive: true })
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

export const schemaOf = (db: ReadableDb): unknown =>
  db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all()

/** How many statements lead from version `version` to the present one. */
export function statementsFrom(version: number, parent: string): number {
  const { db } = registryOf(version, parent)
  let count = 0
  migrate(
    db,
    migrations.map((step) => watched(step, () => (count += 1))),
  )
  db.close()
  return count
}

/** The step, which calls `reach` before each of its statements. */
export function watched(step: Migration, reach: () => void): Migration {
  return (db) =>
    step(
      new Proxy(db, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name)
          if (typeof value !== 'function') return value
          if (name !== 'exec' && name !== 'prepare') return value.bind(target) as unknown
          return (sql: string) => {
            if (name === 'prepare') {
              reach()
              return target.prepare(sql)
            }
            for (const part of partsOf(sql)) {
              reach()
              target.exec(part)
            }
            return target
          }
        },
      }),
    )
}

/** Statements of a script; a trigger ends with END, for its body has semicolons of its own. */
function partsOf(sql: string): string[] {
  const parts: string[] = []
  let part = ''
  for (const line of sql.split('\n')) {
    part += `${line}\n`
    const end = part.includes('CREATE TRIGGER') ? /\bEND;\s*$/ : /;\s*$/
    if (!end.test(line)) continue
    parts.push(part)
    part = ''
  }
  return part.trim() === '' ? parts : [...parts, part]
}
