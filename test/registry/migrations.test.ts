import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { madeUpPatient } from '../../src-main/registry/demonstration/made-up-patients.ts'
import { migrate, schemaVersion } from '../../src-main/registry/migrate.ts'
import { migrations } from '../../src-main/registry/migrations/index.ts'
import { Registry } from '../../src-main/registry/registry.ts'
import { found } from './found.ts'
import { registryOf, schemaOf, watched } from './migration-steps.ts'
import { temporaryFolder } from './support.ts'

describe('a migration', () => {
  for (let version = 1; version < migrations.length; version += 1) {
    it(`from version ${version} keeps every patient and makes what a new registry has`, () => {
      const old = registryOf(version, temporaryFolder())
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
        expect(found(registry.db, name).map((row) => row.name)).toContain(name)
      }
      registry.close()
      made.close()
    })

    it(`from version ${version} that is broken off anywhere leaves the old version whole`, () => {
      const { db } = registryOf(version, temporaryFolder())
      const before = schemaOf(db)
      for (let nth = 1; nth <= 12; nth += 1) {
        let left = nth
        const killed = (): void => {
          left -= 1
          if (left === 0) throw new Error('killed')
        }
        const whole = watched(migrations[version]!, killed)
        const steps = migrations.with(version, (target) => {
          whole(target)
          throw new Error('killed')
        })
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
    const newer = registryOf(migrations.length, temporaryFolder())
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
