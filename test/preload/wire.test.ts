import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMessage, encodeMessage } from '../../src-preload/wire.ts'

const overTheWire = (input: unknown): unknown => {
  const bytes = encodeMessage({ id: 1, channel: 'ecg:read-waveform', input })
  return (decodeMessage(bytes) as { input?: unknown }).input
}

describe('typed arrays', () => {
  it.each([
    Float32Array.of(0.1, -0, NaN, Infinity),
    Float64Array.of(Math.PI, Number.MIN_VALUE),
    Int16Array.of(-32768, 32767),
    Int32Array.of(-(2 ** 31), 2 ** 31 - 1),
    Uint16Array.of(0, 65535),
    Uint32Array.of(0, 2 ** 32 - 1),
    Uint8Array.of(0, 255),
    new Float32Array(0),
  ])('%o keeps its class and every bit', (array) => {
    const back = overTheWire(array) as typeof array
    expect(back.constructor).toBe(array.constructor)
    expect(Buffer.from(back.buffer, back.byteOffset, back.byteLength)).toEqual(
      Buffer.from(array.buffer, array.byteOffset, array.byteLength),
    )
  })

  it('a view sends only what it shows, wherever it lies', () => {
    const main = Float32Array.from({ length: 1000 }, (_, index) => index)
    expect(encodeMessage({ id: 1, channel: 'x', input: main.subarray(3, 5) }).byteLength).toBeLessThan(60)
    expect(overTheWire({ pad: 'abc', view: main.subarray(3, 5) })).toEqual({ pad: 'abc', view: Float32Array.of(3, 4) })
  })

  it('a decoded array is its own memory, so that another may be written', () => {
    const bytes = encodeMessage({ id: 1, channel: 'x', input: Float32Array.of(1) })
    const first = decodeMessage(bytes) as { input: Float32Array }
    first.input[0] = 9
    expect(decodeMessage(bytes)).toMatchObject({ input: Float32Array.of(1) })
  })
})

describe('plain values', () => {
  it('come back as JSON would give them, with undefined left out', () => {
    const named = (value: unknown) => !JSON.stringify(value).includes('"__proto__"')
    fc.assert(
      fc.property(fc.jsonValue().filter(named), (input) => {
        expect(overTheWire({ input, left: undefined })).toEqual({ input: JSON.parse(JSON.stringify(input)) })
      }),
    )
  })

  it('a message that names "__proto__" is not taken, so that none reaches an object', () => {
    const input: unknown = JSON.parse('{"__proto__": {"roles": ["administrator"]}}')
    expect(() => overTheWire(input)).toThrow('__proto__')
  })

  it('no input stays no input', () => {
    expect(overTheWire(undefined)).toBeUndefined()
  })
})
