import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EcgSummary } from '../../src-preload/contract/ecg.ts'
import { FIXTURES, runCli, SHARED } from './run-cli.ts'

const HEADER = join(FIXTURES, 'HR06000.hea')

describe('cardionets read', () => {
  it('describes a recording in the shape of the contract, with the hash of the file', async () => {
    const { code, lines } = await runCli(['read', HEADER])
    const { file, sha256, ...summary } = lines[0]!
    expect(code).toBe(0)
    expect(file).toBe(HEADER)
    expect(sha256).toBe(createHash('sha256').update(readFileSync(HEADER)).digest('hex'))
    expect(EcgSummary.parse(summary)).toMatchObject({ format: 'wfdb', rateHz: 500, sampleCount: 5000, durationS: 10 })
  })

  it('prints every sample in mV at the file’s own rate, keyed by canonical lead names', async () => {
    const { lines } = await runCli(['read', HEADER, '--samples'])
    const samples = lines[0]!['samples'] as Record<string, number[]>
    expect(Object.keys(samples)).toEqual(['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'])
    expect(samples['V6']).toHaveLength(5000)
    // First values as an independent decoder gives them.
    const expected = [0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.002, -0.004, -0.02, -0.029]
    for (const [index, value] of expected.entries()) expect(samples['I']![index]).toBeCloseTo(value, 6)
  })

  it('reads a recording of other channels and says which leads a screening would miss', async () => {
    const { code, lines } = await runCli(['read', join(FIXTURES, 'binformats.hea')])
    expect(code).toBe(0)
    expect(lines[0]!['leads']).toHaveLength(10)
    expect(lines[0]!['warnings']).toContainEqual(expect.objectContaining({ code: 'ecg/lead-missing' }))
  })

  it('loses no channel for its name, such as one that an object would take for its prototype', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'cardionets-read-')), 'named.csv')
    writeFileSync(file, ['# rate=500 unit=mV', 'I,__proto__,constructor', ...Array(600).fill('0.5,0.25,-1')].join('\n'))
    const { code, lines } = await runCli(['read', file, '--samples'])
    expect([code, lines[0]!['error']]).toEqual([0, undefined])
    const samples = lines[0]!['samples'] as object
    expect(Object.entries(samples).map(([name, [first]]) => [name, first])).toEqual([
      ['I', 0.5],
      ['__proto__', 0.25],
      ['constructor', -1],
    ])
  })

  it('refuses what is missing, empty or foreign with a line each, and goes on', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cardionets-read-'))
    const [empty, foreign, bare] = [join(folder, 'empty.dcm'), join(folder, 'photo.hea'), join(folder, 'bare')]
    mkdirSync(bare)
    writeFileSync(empty, '')
    writeFileSync(foreign, Buffer.from('ffd8ffe000104a464946', 'hex'))
    const { code, lines } = await runCli([
      'read',
      join(folder, 'nothing.hea'),
      empty,
      foreign,
      folder + '/x/y',
      '',
      bare,
      HEADER,
    ])
    expect(code).toBe(1)
    expect(lines.map(({ status, error }) => [status, (error as { code: string } | undefined)?.code])).toEqual([
      ['refused', 'file/not-found'],
      ['refused', 'format/empty'],
      ['refused', 'format/unknown'],
      ['refused', 'file/not-found'],
      ['refused', 'file/not-found'],
      ['refused', 'file/none-in-folder'],
      [undefined, undefined],
    ])
  })

  it('names the companion that is not there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cardionets-read-'))
    writeFileSync(join(folder, 'HR06000.hea'), readFileSync(HEADER))
    const { code, lines } = await runCli(['read', join(folder, 'HR06000.hea')])
    expect(code).toBe(1)
    expect(lines[0]!['error']).toMatchObject({
      code: 'format/companion-missing',
      message: expect.stringContaining('HR06000.mat'),
    })
  })

  it('answers wrong usage with exit code 2, a sentence on stderr and nothing on stdout', async () => {
    for (const args of [
      [],
      ['read'],
      ['read', '--colour', HEADER],
      ['draw', HEADER],
      ['screen', '--seed', '1.5', HEADER],
    ]) {
      const { code, stdout, stderr } = await runCli(args)
      expect(code, args.join(' ')).toBe(2)
      expect(stdout).toBe('')
      if (args.length > 0) expect(stderr).toMatch(/^cardionets: .+ Try "cardionets .*--help"\./)
    }
  })

  it('has a help text for every command', async () => {
    for (const command of ['read', 'screen', 'pack', 'doctor', 'serve']) {
      const { code, stdout } = await runCli([command, '--help'])
      expect(code).toBe(0)
      expect(stdout).toMatch(new RegExp(`^cardionets ${command}`))
    }
  })
})

describe.skipIf(!existsSync(SHARED))('cardionets read on further real files', () => {
  it('reads a recording of two signal files, with the Frank leads besides the twelve', async () => {
    const { lines } = await runCli(['read', join(SHARED, 'wfdb', 's0010_re.hea')])
    expect(lines[0]).toMatchObject({ rateHz: 1000, sampleCount: 38_400, durationS: 38.4 })
    expect(lines[0]!['leads']).toEqual(expect.arrayContaining(['aVR', 'V6', 'vx', 'vy', 'vz']))
  })

  it('marks the derived leads of eight stored ones', async () => {
    const { lines } = await runCli(['read', join(SHARED, 'muse', 'egm_muse-sinus.xml')])
    expect(lines[0]!['derivedLeads']).toEqual(['III', 'aVR', 'aVL', 'aVF'])
  })
})
