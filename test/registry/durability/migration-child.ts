/**
 * Migrates a registry and stops for good before a statement, to be killed there.
 *
 * migration-child.ts DIRECTORY KEY STATEMENT
 */
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { openEncrypted } from '../../../src-main/registry/database.ts'
import { deriveKey } from '../../../src-main/registry/keys.ts'
import { migrate } from '../../../src-main/registry/migrate.ts'
import { migrations } from '../../../src-main/registry/migrations/index.ts'
import { watched } from '../migration-steps.ts'

const [directory, key, statement] = process.argv.slice(2)
const db = openEncrypted(join(directory!, 'registry.db'), deriveKey(Buffer.from(key!, 'hex'), 'database'))
let left = Number(statement)
const reach = (): void => {
  left -= 1
  if (left > 0) return
  writeSync(1, 'here\n')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}
migrate(
  db,
  migrations.map((step) => watched(step, reach)),
)
writeSync(1, 'done\n')
