import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EcgSummary, ScreenedWindow } from '../../src-preload/contract/ecg.ts'
import { GENERATED_MARK, ScreeningResult } from '../../src-preload/contract/screening.ts'
import { collect, FIXTURES, parseLines, runCli, SHARED, startCli } from './run-cli.ts'

const HEADER = join(FIXTURES, 'HR06000.hea')
const temporary = (): string => mkdtempSync(join(tmpdir(), 'cardionets-screen-'))

function folderOf(records: readonly string[]): string {
  const folder = temporary()
  for (const name of records) {
    for (const ending of ['hea', 'mat']) {
      const header = readFileSync(join(FIXTURES, `HR06000.${ending}`))
      const text = header.toString('latin1').replaceAll('HR06000', name)
      writeFileSync(join(folder, `${name}.${ending}`), ending === 'hea' ? Buffer.from(text, 'latin1') : header)
    }
  }
  return folder
}

describe('cardionets screen', () => {
  it('gives the whole result in the shape of the contract', async () => {
    const { code, lines } = await runCli(['screen', HEADER])
    expect(code).toBe(0)
    const { file, sha256, status, ...result } = lines[0]!
    expect([file, status, typeof sha256]).toEqual([HEADER, 'screened', 'string'])
    const parsed = ScreeningResult.parse(result)
    expect(parsed.provider).toBe('cpu')
    expect(parsed.diseases.map(({ id }) => id)).toEqual(['cad', 'hf', 'cm', 'ph'])
    expect(parsed.phenotypes.map(({ field }) => field)).toEqual(
      Array.from({ length: 82 }, (_, index) => 24_100 + index),
    )
    const cardiomyopathy = parsed.diseases.find(({ id }) => id === 'cm')!
    expect(parsed.subtypes).toHaveLength(cardiomyopathy.positive ? 3 : 0)
    expect(parsed.ecg.window).toEqual({ startS: 0, durationS: 10 })
    EcgSummary.extend({ window: ScreenedWindow }).parse(parsed.ecg)
  })

  it('carries the pack’s statement and the limits of an untrained one in every line', async () => {
    const { lines } = await runCli(['screen', HEADER])
    const { pack, marks } = lines[0] as { pack: { trained: boolean }; marks: { code: string; message: string }[] }
    const untrained = marks.filter(({ code }) => code === 'pack/untrained')
    expect(untrained.map(({ message }) => message)).toEqual(
      pack.trained ? [] : ['untrained weights: the numbers mean nothing'],
    )
    // The reference pack says what it was trained on, and what it is not for.
    expect(marks[0]).toMatchObject({ code: 'intended-use/statement' })
    expect(marks[0]!.message).toMatch(/simulated cohort.*not for clinical use/i)
  })

  it('gives the same cine for the same seed, run after run, and another for another seed', async () => {
    const cineOf = async (seed: string): Promise<Buffer> => {
      const out = temporary()
      const { lines } = await runCli(['screen', HEADER, '--cine', '--seed', seed, '--out', out])
      const { npy } = lines[0]!['cine'] as { npy: string }
      return readFileSync(npy)
    }
    const [first, again, other] = [await cineOf('7'), await cineOf('7'), await cineOf('8')]
    expect(again.equals(first)).toBe(true)
    expect(other.equals(first)).toBe(false)
  })

  it('writes a marked animation, the raw values and what they are', async () => {
    const out = temporary()
    const { lines } = await runCli(['screen', HEADER, '--cine', '--out', out])
    const cine = lines[0]!['cine'] as Record<string, unknown>
    expect(cine).toMatchObject({ frames: 50, size: [96, 96], seed: 0 })
    expect(
      readFileSync(cine['path'] as string)
        .subarray(0, 6)
        .toString('latin1'),
    ).toBe('GIF89a')
    expect(cine['npy']).toMatch(/\.ai-generated\.npy$/)
    expect(readFileSync(cine['npy'] as string).length).toBe(128 + 4 * 50 * 96 * 96)
    const sidecar = JSON.parse(readFileSync((cine['npy'] as string).replace(/npy$/, 'json'), 'utf8'))
    expect(sidecar).toMatchObject({ statement: GENERATED_MARK, seed: 0, inputSha256: lines[0]!['sha256'] })
    expect(readdirSync(out).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('walks a folder in name order, gives signal files no line, and goes on behind a bad file', async () => {
    const folder = folderOf(['b2', 'a1'])
    writeFileSync(join(folder, 'a2.hea'), 'not a header at all')
    mkdirSync(join(folder, 'c'))
    copyFileSync(join(FIXTURES, 'waveform_ecg.dcm'), join(folder, 'c', 'z.bin'))
    const { code, lines, stderr } = await runCli(['screen', folder])
    expect(code).toBe(1)
    expect(stderr).toMatch(/\n3 screened, 1 refused\n$/)
    expect(lines.map(({ file, status }) => [file, status])).toEqual([
      [join(folder, 'a1.hea'), 'screened'],
      [join(folder, 'a2.hea'), 'refused'],
      [join(folder, 'b2.hea'), 'screened'],
      [join(folder, 'c', 'z.bin'), 'screened'],
    ])
    expect(lines[1]!['error']).toMatchObject({ code: 'format/unknown' })
    expect(lines[1]!['sha256']).toBe(createHash('sha256').update('not a header at all').digest('hex'))
  })

  it('lets no header hide another recording, or itself', async () => {
    const folder = folderOf(['a1'])
    writeFileSync(join(folder, 'b.hea'), 'b 1 500 10\nb.hea 16 200 16 0 0 0 0 I\n')
    writeFileSync(join(folder, 'c.hea'), 'c 1 500 10\na1.hea 16 200 16 0 0 0 0 I\n')
    const { lines } = await runCli(['screen', folder])
    expect(lines.map(({ file }) => file)).toEqual(['a1', 'b', 'c'].map((name) => join(folder, `${name}.hea`)))
  })

  it('gives a signal file no line whose name the header spells in another case', async () => {
    const folder = folderOf(['a1'])
    renameSync(join(folder, 'a1.mat'), join(folder, 'A1.MAT'))
    const { lines } = await runCli(['screen', folder])
    expect(lines).toMatchObject([{ file: join(folder, 'a1.hea'), status: 'screened' }])
  })

  it.skipIf(process.platform === 'win32')('says of a link in a folder that it is no file to read', async () => {
    const folder = temporary()
    symlinkSync(HEADER, join(folder, 'link.hea'))
    const { code, lines } = await runCli(['screen', folder])
    expect(code).toBe(1)
    expect(lines).toMatchObject([{ status: 'refused', error: { code: 'file/not-regular' } }])
  })

  it('gives one recording the same numbers alone and in a batch', async () => {
    const folder = folderOf(['r1', 'r2', 'r3', 'r4', 'r5'])
    const { lines } = await runCli(['screen', HEADER, folder])
    expect(lines).toHaveLength(6)
    for (const line of lines) expect(line['phenotypes']).toEqual(lines[0]!['phenotypes'])
  })

  it('refuses a recording without all leads, with its name', async () => {
    const { code, lines } = await runCli(['screen', join(FIXTURES, 'binformats.hea')])
    expect(code).toBe(1)
    expect(lines[0]).toMatchObject({ status: 'refused', error: { code: 'ecg/lead-missing' } })
  })

  it('refuses a flat lead, naming it', async () => {
    const folder = temporary()
    const rows = Array.from({ length: 5000 }, (_, sample) => {
      const beat = sample % 400 === 200 ? 1 : Math.sin(sample / 30) / 20
      return ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'].map((lead) => (lead === 'V3' ? 0 : beat)).join(',')
    })
    writeFileSync(join(folder, 'flat.csv'), ['# rate=500 unit=mV', 'I,II,V1,V2,V3,V4,V5,V6', ...rows].join('\n'))
    const { lines } = await runCli(['screen', join(folder, 'flat.csv')])
    expect(lines[0]).toMatchObject({ status: 'refused', error: { code: 'quality/lead-flat' } })
    expect((lines[0]!['error'] as { message: string }).message).toContain('V3')
  })

  it('refuses an altered pack before anything is screened', async () => {
    const pack = temporary()
    const reference = join(FIXTURES, '..', '..', '..', 'models', 'reference')
    for (const name of readdirSync(reference)) copyFileSync(join(reference, name), join(pack, name))
    const decoder = readFileSync(join(pack, 'vae-decoder.onnx'))
    decoder[decoder.length >> 1]! ^= 1
    writeFileSync(join(pack, 'vae-decoder.onnx'), decoder)
    const screened = await runCli(['screen', HEADER, '--pack', pack])
    expect([screened.code, screened.stdout]).toEqual([1, ''])
    expect(screened.stderr).toContain('pack/hash-mismatch')
    const verified = await runCli(['pack', 'verify', pack])
    expect(verified.lines[0]).toMatchObject({ path: pack, ok: false, error: { code: 'pack/hash-mismatch' } })
    expect((await runCli(['pack', 'verify', reference])).lines[0]).toMatchObject({ ok: true, path: reference })
  })

  it('leaves whole lines behind when it is interrupted', async () => {
    const folder = folderOf(Array.from({ length: 12 }, (_, index) => `r${String(index).padStart(3, '0')}`))
    const child = startCli(['screen', folder, '--cine', '--out', temporary()])
    const output = collect(child)
    child.stdout!.once('data', () => child.kill('SIGINT'))
    const [code] = (await once(child, 'close')) as [number]
    expect(code).toBe(130)
    const lines = parseLines(output.stdout)
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.length).toBeLessThan(12)
  })

  it.skipIf(process.platform === 'win32')(
    'stops quietly in a terminal, whose Ctrl-C reaches every process',
    async () => {
      const folder = folderOf(Array.from({ length: 40 }, (_, index) => `r${String(index).padStart(3, '0')}`))
      const child = startCli(['screen', folder], undefined, true)
      const output = collect(child)
      // From the second batch on the threads of the encoder compute.
      while (parseLines(output.stdout.slice(0, output.stdout.lastIndexOf('\n') + 1)).length < 9) {
        await once(child.stdout!, 'data')
      }
      process.kill(-child.pid!, 'SIGINT')
      const [code] = (await once(child, 'close')) as [number]
      expect(code).toBe(130)
      expect(parseLines(output.stdout).length).toBeLessThan(40)
      expect(output.stderr.trim().split('\n').at(-1)).toBe('Stopping …')
    },
  )
})

describe.skipIf(!existsSync(SHARED))('cardionets screen on further real files', () => {
  it('screens PTB, DICOM and MUSE recordings', async () => {
    const files = [
      'wfdb/s0010_re.hea',
      'dicom_ecg/waveform_ecg.dcm',
      'dicom_ecg/ge_marquette_hemodynamic.dcm',
      'muse/braveheart_example1.xml',
      'muse/egm_muse-sinus.xml',
    ].map((name) => join(SHARED, name))
    const { code, lines } = await runCli(['screen', ...files])
    expect(code).toBe(0)
    expect(lines.map(({ file, status }) => [file, status])).toEqual(files.map((file) => [file, 'screened']))
  })
})
