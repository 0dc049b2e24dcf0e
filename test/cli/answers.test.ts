import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCli } from './run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'cardionets-answers-'))
const table = join(folder, 'unnamed.txt')
writeFileSync(table, 'Rhythm signal\n1 2 3\n4 5 6\n7 8 9\n')
const mapping = join(folder, 'mapping.json')
writeFileSync(mapping, JSON.stringify({ rateHz: 250, unit: 'uV', leads: ['I', 'II', '-'] }))

const microvolts = ({ samples }: Record<string, unknown>): Record<string, number[]> =>
  Object.fromEntries(
    Object.entries(samples as Record<string, number[]>).map(([lead, values]) => [
      lead,
      values.map((value) => Math.round(value * 1e6) / 1e3),
    ]),
  )

describe('a file that does not say it all, on the command line', () => {
  it('is read with what the options say, and says that the user said it', async () => {
    const plain = await runCli(['read', table])
    expect(plain.code).toBe(1)
    expect(plain.lines[0]!['error']).toMatchObject({ code: 'format/columns-unnamed' })
    const options = ['--unit', 'mV', '--gain', '200', '--rate', '500', '--leads', 'I,II,-']
    const { code, lines } = await runCli(['read', table, '--samples', ...options])
    expect(code).toBe(0)
    expect(lines[0]).toMatchObject({
      rateHz: 500,
      units: 'gain 200 steps/mV, stated by the user',
      answered: ['units', 'rate', 'leads'],
    })
    expect(microvolts(lines[0]!)).toEqual({ I: [5, 20, 35], II: [10, 25, 40] })
  })

  it('is read with a mapping file, of which single options correct a part', async () => {
    const { lines } = await runCli(['read', table, '--samples', '--mapping', mapping, '--rate', '100'])
    expect(lines[0]).toMatchObject({ rateHz: 100 })
    expect(microvolts(lines[0]!)).toEqual({ I: [1, 4, 7], II: [2, 5, 8] })
  })

  it('answers an answer that is none with exit code 2', async () => {
    for (const wrong of [
      ['--unit', 'mm'],
      ['--gain', '200'],
      ['--rate', 'fast'],
      ['--mapping', join(folder, 'nothing.json')],
      ['--mapping', table],
    ]) {
      const { code, lines } = await runCli(['read', table, ...wrong])
      expect(code, wrong.join(' ')).toBe(2)
      expect(lines).toEqual([])
    }
  })
})
