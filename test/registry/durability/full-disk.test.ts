import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support.ts'
import { preloadShim, shimMissing } from './shim.ts'

const POSITIONS = 200

describe.skipIf(shimMissing)(`a disk${shimMissing ? ` (${shimMissing})` : ''}`, () => {
  for (const [name, errno, code] of [
    ['full', '28', 'registry/disk-full'],
    ['failing', '5', 'registry/disk-error'],
  ] as const) {
    it(`that is ${name} at any of ${POSITIONS} calls is told within a second; nothing is lost, reads and later writes work`, () => {
      const folder = temporaryFolder()
      const directory = join(folder, 'registry')
      const writer = join(import.meta.dirname, 'full-disk-writer.ts')
      const args = [writer, directory, randomBytes(32).toString('hex'), String(POSITIONS), errno]
      const env = { ...process.env, ...preloadShim(folder, directory) }
      const answer = JSON.parse(execFileSync(process.execPath, args, { env, encoding: 'utf8' })) as {
        refused: number
        codes: Record<string, number>
        problems: string[]
      }
      expect(answer.problems).toEqual([])
      expect(answer.refused).toBeGreaterThan(POSITIONS / 4)
      expect(Object.keys(answer.codes)).toContain(code)
    })
  }
})
