import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { text, unsigned16, writeDicom } from '../ecg/formats/dicom-writer.ts'
import { runCli } from './run-cli.ts'

/** A series of four frames of 8 × 8, out of order on the disk, with an identity in every header. */
function seriesWithCanary(canary: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'cardionets-cine-'))
  for (const [file, time] of [
    [1, 3],
    [2, 1],
    [3, 0],
    [4, 2],
  ] as const)
    // prettier-ignore
    writeFileSync(
      join(folder, `${file}.dcm`),
      writeDicom({
        0x0008103e: text('LO', canary),
        0x00100010: text('PN', canary),
        0x00100020: text('LO', canary),
        0x00100030: text('DA', '19640812'),
        0x00181060: text('DS', String(time * 30)),
        0x0020000e: text('UI', '1.2.3'),
        0x00280002: unsigned16(1),
        0x00280004: text('CS', 'MONOCHROME2'),
        0x00280010: unsigned16(8),
        0x00280011: unsigned16(8),
        0x00280100: unsigned16(16),
        0x00280101: unsigned16(16),
        0x00280102: unsigned16(15),
        0x00280103: unsigned16(0),
        0x7fe00010: { vr: 'OW', bytes: new Uint8Array(Uint16Array.from({ length: 64 }, (_, i) => time * 100 + i).buffer) },
      }),
    )
  return folder
}

it('reads a series in its order and writes it, with nothing of the patient in lines and files', async () => {
  const canary = 'CANARY-7F3A'
  const folder = seriesWithCanary(canary)
  const out = mkdtempSync(join(tmpdir(), 'cardionets-cine-out-'))
  const { code, lines, stdout, stderr } = await runCli(['cine', 'read', folder, '--out', out, '--box', '4,4'])
  expect(code).toBe(0)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatchObject({
    files: 4,
    format: 'dicom',
    order: 'trigger-time',
    frameTimesMs: [0, 30, 60, 90],
    identity: ['name', 'id', 'birthDate'],
    prepared: { plane: 'xy', slice: 1, box: [4, 4], frames: [1, 4], beatMs: 120 },
  })
  const written = readdirSync(out).map((name) => join(out, name))
  expect(written.map((name) => name.slice(-4)).sort()).toEqual(['.gif', '.npy'])
  for (const bytes of [stdout, stderr, ...written, ...written.map((name) => readFileSync(name))]) {
    expect(bytes.includes(canary)).toBe(false)
    expect(bytes.includes('19640812')).toBe(false)
  }
  const npy = readFileSync(written.find((name) => name.endsWith('.npy'))!)
  const values = new Float32Array(
    npy.buffer.slice(npy.byteOffset + npy.length - 4 * 50 * 96 * 96, npy.byteOffset + npy.length),
  )
  // The brightest of the 50 frames lies at 0.74 of the beat: 0.96 × 300 + 0.04 × 200 + 63. Beyond the image it is black.
  expect(values[44 * 96 + 45]).toBeCloseTo(1 / 359, 6)
  expect(values[0]).toBe(0)
  const gif = readFileSync(written.find((name) => name.endsWith('.gif'))!)
  expect(gif.includes('Acquired image')).toBe(true)
  expect(gif.includes('AI-generated')).toBe(false)
})

it('refuses what is no cine, and wrong usage', async () => {
  const { code, lines } = await runCli(['cine', 'read', join(import.meta.dirname, 'cine.test.ts'), 'absent.dcm'])
  expect(code).toBe(1)
  expect(lines.map((line) => (line['error'] as { code: string }).code).sort()).toEqual([
    'file/not-found',
    'format/unknown',
  ])
  expect((await runCli(['cine', 'read'])).code).toBe(2)
  expect((await runCli(['cine', 'read', '--box', '4', 'x'])).code).toBe(2)
})
