import { describe, expect, it } from 'vitest'
import { GENERATED_MARK } from '../../../src-preload/contract/screening.ts'
import { encodeGif, gifFrames } from '../../../src-main/screening/cine/gif.ts'
import { markCine } from '../../../src-main/screening/cine/mark.ts'
import { encodeNpy } from '../../../src-main/screening/cine/npy.ts'
import { cineSidecar } from '../../../src-main/screening/cine/sidecar.ts'

const cine = new Float32Array(50 * 96 * 96).map((_, index) => ((index * 7) % 256) / 255)

/** Walks the blocks of a GIF89a file: delays of its frames, texts of its comments, loop count. */
function readGif(file: Uint8Array): {
  size: number[]
  delaysCs: number[]
  comments: string[]
  loops: number | undefined
} {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  expect(Buffer.from(file.subarray(0, 6)).toString('latin1')).toBe('GIF89a')
  const tableBytes = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)
  const delaysCs: number[] = []
  const comments: string[] = []
  let loops: number | undefined
  let position = 13 + tableBytes(file[10]!)
  const subBlocks = (): Uint8Array => {
    const parts: number[] = []
    for (; file[position] !== 0; position += file[position]! + 1) {
      parts.push(...file.subarray(position + 1, position + 1 + file[position]!))
    }
    position += 1
    return Uint8Array.from(parts)
  }
  let images = 0
  while (file[position] !== 0x3b) {
    if (file[position] === 0x21) {
      const label = file[position + 1]
      if (label === 0xf9) delaysCs.push(view.getUint16(position + 4, true))
      position += 2
      const data = subBlocks()
      if (label === 0xfe) comments.push(Buffer.from(data).toString('utf8'))
      if (label === 0xff) loops = data.at(-1)! * 256 + data.at(-2)!
    } else {
      expect(file[position]).toBe(0x2c)
      images += 1
      position += 10 + tableBytes(file[position + 9]!) + 1
      subBlocks()
    }
  }
  expect(images).toBe(delaysCs.length)
  expect(position).toBe(file.length - 1)
  return { size: [view.getUint16(6, true), view.getUint16(8, true)], delaysCs, comments, loops }
}

describe('the animated GIF', () => {
  it('holds 50 frames, plays for ever, and says in its comment what it is', () => {
    const gif = readGif(encodeGif(markCine(cine), 1500))
    expect(gif).toMatchObject({ size: [480, 480], comments: [GENERATED_MARK], loops: 0 })
    expect(gif.delaysCs).toHaveLength(50)
    expect(gif.delaysCs.reduce((a, b) => a + b)).toBe(150)
  })
})

describe('the delays of a beat', () => {
  it('add to the R–R interval, to a hundredth of a second', () => {
    for (const cycleMs of [300, 600, 871, 999, 1000, 1234, 1500, 2000]) {
      const shown = gifFrames(50, cycleMs)
      expect(shown.reduce((sum, { delayCs }) => sum + delayCs, 0)).toBe(Math.round(cycleMs / 10))
      expect(shown.length).toBe(Math.min(50, Math.floor(Math.round(cycleMs / 10) / 2)))
    }
  })

  it('are never so short that a viewer slows them down', () => {
    for (const cycleMs of [300, 600, 999, 1500])
      for (const { delayCs } of gifFrames(50, cycleMs)) expect(delayCs).toBeGreaterThanOrEqual(2)
  })

  it('leave frames out evenly where the heart beats faster than a GIF can show them all', () => {
    const frames = gifFrames(50, 871).map(({ frame }) => frame)
    expect([frames[0], frames.at(-1)]).toEqual([0, 48])
    const steps = frames.slice(1).map((frame, place) => frame - frames[place]!)
    expect(new Set(steps)).toEqual(new Set([1, 2]))
  })
})

describe('the NumPy file', () => {
  const file = encodeNpy(cine)
  const headerBytes = new DataView(file.buffer).getUint16(8, true)

  it('has the header of format version 1.0, aligned to 64 bytes and ended by a line feed', () => {
    expect([...file.subarray(0, 8)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0])
    expect((10 + headerBytes) % 64).toBe(0)
    const header = Buffer.from(file.subarray(10, 10 + headerBytes)).toString('latin1')
    expect(header).toMatch(/^\{'descr': '<f4', 'fortran_order': False, 'shape': \(50, 96, 96\), \} *\n$/)
  })

  it('holds the cine bit by bit', () => {
    expect(new Float32Array(file.buffer, 10 + headerBytes)).toEqual(cine)
  })

  it('refuses a cine of another size', () => expect(() => encodeNpy(new Float32Array(4))).toThrow('460800 values'))
})

describe('the sidecar', () => {
  it('says what the unmarked file is, from what and by what', () => {
    const pack = { id: 'p', version: '1.0.0', trained: true, sha256: 'a' }
    const facts = {
      inputSha256: 'b',
      pack,
      seed: 7,
      sampler: 'ddim25',
      provider: 'cpu',
      pixelSpacingMm: 2,
      cycleMs: 900,
    } as const
    expect(cineSidecar(facts)).toEqual({ ...facts, statement: GENERATED_MARK, frames: 50, size: [96, 96] })
  })
})
