import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openEncrypted } from '../../../src-main/registry/database.ts'
import { schemaVersion } from '../../../src-main/registry/migrate.ts'
import { migrations } from '../../../src-main/registry/migrations/index.ts'
import { Registry } from '../../../src-main/registry/registry.ts'
import { registryOf, schemaOf, statementsFrom } from '../migration-steps.ts'
import { temporaryFolder } from '../support.ts'

/** Kills of each version's migration to the present one, each before another statement. */
const KILLS = Number(process.env['CARDIONETS_MIGRATION_KILLS'] ?? 2)

/** What each version's schema is when nobody interferes. */
const schemas = migrations.map((_, index) => {
  const { db } = registryOf(index + 1, temporaryFolder())
  const schema = schemaOf(db)
  db.close()
  return schema
})

for (let version = 1; version < migrations.length; version += 1) {
  it(
    `a kill in the middle of the migration from version ${version} leaves a whole old or new registry`,
    { timeout: 600_000 },
    async () => {
      const statements = statementsFrom(version, temporaryFolder())
      for (let kill = 0; kill < KILLS; kill += 1) {
        // Spread over the statements of the rest of the ladder, the newest version's too; the last kill comes after them.
        const statement = 1 + Math.round(((kill + (version % 3) / 3) * statements) / Math.max(1, KILLS - 1))
        const { directory, dataKey, key, path, db } = registryOf(version, temporaryFolder())
        const patients = db.prepare('SELECT id, local_id, name FROM patient ORDER BY id').all()
        db.close()
        const script = join(import.meta.dirname, 'migration-child.ts')
        const child = spawn(process.execPath, [script, directory, dataKey.toString('hex'), String(statement)], {
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        const ended = once(child, 'close')
        const [said] = (await once(child.stdout, 'data')) as [Buffer]
        expect(['here\n', 'done\n']).toContain(said.toString())
        child.kill('SIGKILL')
        await ended
        const after = openEncrypted(path, key)
        expect(after.pragma('integrity_check', { simple: true })).toBe('ok')
        expect(schemaOf(after)).toEqual(schemas[schemaVersion(after) - 1])
        after.close()
        const registry = Registry.open({ directory, dataKey })
        expect(schemaVersion(registry.db)).toBe(migrations.length)
        expect(registry.db.prepare('SELECT id, local_id, name FROM patient ORDER BY id').all()).toEqual(patients)
        registry.close()
      }
    },
  )
}
