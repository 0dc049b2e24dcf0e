import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openEncrypted } from '../../src-main/registry/database.ts'
import { APPLICATION, Registry } from '../../src-main/registry/registry.ts'
import Sqlite from 'better-sqlite3-multiple-ciphers'
import { temporaryFolder } from './support.ts'
import { workStep } from './durability/workload.ts'
import { deriveKey } from '../../src-main/registry/keys.ts'

const FLIPS = Number(process.env['CARDIONETS_FLIPS'] ?? 300)

/** Everything that a file says, as text; an error's code where it says nothing. */
function contentOf(open: () => Sqlite.Database): string {
  let db: Sqlite.Database | undefined
  try {
    db = open()
    const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%fts%' AND name NOT LIKE 'patient_search%' ORDER BY name`).all() as { name: string }[] // prettier-ignore
    return JSON.stringify(tables.map(({ name }) => db!.prepare(`SELECT * FROM ${name}`).all()))
  } catch {
    return 'refused'
  } finally {
    db?.close()
  }
}

/** Flips one bit at random places. @returns how many copies opened and said something else than before */
function silentlyWrong(path: string, open: () => Sqlite.Database): { wrong: number; refused: number } {
  const whole = readFileSync(path)
  const truth = contentOf(open)
  expect(truth).not.toBe('refused')
  let wrong = 0
  let refused = 0
  for (let flip = 0; flip < FLIPS; flip += 1) {
    const at = Math.floor(Math.random() * whole.length)
    writeFileSync(path, whole.with(at, whole[at]! ^ (1 << (flip % 8))))
    const said = contentOf(open)
    if (said === 'refused') refused += 1
    else if (said !== truth) wrong += 1
  }
  writeFileSync(path, whole)
  return { wrong, refused }
}

function filledRegistry() {
  const directory = join(temporaryFolder(), 'registry')
  const dataKey = randomBytes(32)
  const registry = Registry.open({ directory, dataKey })
  for (let index = 0; index < 20; index += 1) workStep(registry, APPLICATION, index)
  return { directory, dataKey, registry }
}

describe('a flipped bit', () => {
  it(`in the registry is never another value (${FLIPS} flips)`, { timeout: 600_000 }, () => {
    const { directory, dataKey, registry } = filledRegistry()
    registry.close()
    const path = join(directory, 'registry.db')
    const key = deriveKey(dataKey, 'database')
    const { wrong, refused } = silentlyWrong(path, () => openEncrypted(path, key, { readonly: true }))
    expect(wrong).toBe(0)
    expect(refused).toBeGreaterThan(FLIPS / 4)
  })

  it('in a file without an authenticated cipher is another value now and then', () => {
    const { directory, dataKey, registry } = filledRegistry()
    registry.close()
    const key = deriveKey(dataKey, 'database')
    const from = openEncrypted(join(directory, 'registry.db'), key, { readonly: true })
    const path = join(temporaryFolder(), 'plain.db')
    const rows = from.prepare('SELECT * FROM patient').all() as Record<string, unknown>[]
    from.close()
    const plain = new Sqlite(path)
    const columns = Object.keys(rows[0]!)
    plain.exec(`CREATE TABLE patient (${columns.join(', ')})`)
    const insert = plain.prepare(`INSERT INTO patient VALUES (${columns.map(() => '?').join(', ')})`)
    for (const row of rows) insert.run(...Object.values(row))
    plain.close()
    expect(silentlyWrong(path, () => new Sqlite(path, { readonly: true })).wrong).toBeGreaterThan(0)
  })

  it('in a blob is refused, and so is a blob that is gone', () => {
    const { registry } = filledRegistry()
    const { id } = registry.blobs.put(Buffer.from('a waveform of twelve leads'))
    const path = registry.blobs.pathOf(id)
    const whole = readFileSync(path)
    for (let bit = 0; bit < whole.length * 8; bit += 1) {
      const at = bit >> 3
      writeFileSync(path, whole.with(at, whole[at]! ^ (1 << (bit & 7))))
      expect(() => registry.blobs.get(id)).toThrow(expect.objectContaining({ code: 'registry/blob-damaged' }))
    }
    for (let length = 0; length < whole.length; length += 1) {
      writeFileSync(path, whole.subarray(0, length))
      expect(() => registry.blobs.get(id)).toThrow(expect.objectContaining({ code: 'registry/blob-damaged' }))
    }
    const other = registry.blobs.put(Buffer.from('the waveform of somebody else'))
    cpSync(registry.blobs.pathOf(other.id), path)
    expect(() => registry.blobs.get(id)).toThrow(expect.objectContaining({ code: 'registry/blob-damaged' }))
    registry.close()
  })
})
