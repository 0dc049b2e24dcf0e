import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { recorded } from '../../electron-stub.ts'

let directory: string
const arguments_ = process.argv
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'cardionets-refused-'))))
afterEach(() => {
  process.argv = arguments_
  rmSync(directory, { recursive: true })
})

it('a start that is refused says why in a box, opens no window and ends with code 2', async () => {
  writeFileSync(join(directory, 'other.txt'), '')
  process.argv = ['electron', 'main.js', '--workspace', directory]
  await import('../../../src-main/main.ts')
  await vi.waitFor(() => expect(recorded.exitCodes).toEqual([2]))
  expect(recorded.errorBoxes[0]![1]).toContain(directory)
  expect(recorded.windows).toEqual([])
})
