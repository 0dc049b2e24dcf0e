import { AppError } from '../../../../src-preload/contract/errors.ts'

/** How the samples of one signal file are packed. `decode` starts at a multiple of six samples, a whole pack. */
export interface WfdbStorage {
  /** Bytes of `samples` samples. */
  byteLength(samples: number): number
  /** Whole samples in `bytes` bytes. */
  sampleCount(bytes: number): number
  /** The code of a sample that was not measured. */
  invalid: number | undefined
  /** True where the bytes are first differences, each of its signal's sample before. */
  differences: boolean
  decode(bytes: Uint8Array, first: number, out: Int32Array): void
}

/**
 * The storage format of a number.
 *
 * @see https://physionet.org/physiotools/wag/signal-5.htm (signal(5), WFDB applications guide)
 * @throws AppError `format/unsupported`
 */
export function wfdbStorage(format: number): WfdbStorage {
  const storage = storages.get(format)
  if (storage) return storage
  const reason = [508, 516, 524].includes(format) ? ' (FLAC)' : ''
  throw new AppError(
    'format/unsupported',
    `WFDB storage format ${format}${reason} is not read. Convert the record with “xform -O 16” or export it as format 16.`,
  )
}

const bytewise = (width: number) => ({
  byteLength: (samples: number) => samples * width,
  sampleCount: (bytes: number) => Math.floor(bytes / width),
  differences: false,
})

/** One sample in a byte; `flip` turns offset binary into two's complement. */
const bytes8 = (flip: number, invalid: number | undefined): WfdbStorage => ({
  ...bytewise(1),
  invalid,
  decode(bytes, first, out) {
    for (let i = 0; i < out.length; i++) out[i] = ((bytes[first + i]! ^ flip) << 24) >> 24
  },
})

/** Whether this computer keeps numbers as format 16 does, so that they need no decoding. */
const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

/** One sample in two bytes, of which the one at `low` is the lower. */
const words16 = (low: 0 | 1, flip: number): WfdbStorage => ({
  ...bytewise(2),
  invalid: -32768,
  decode(bytes, first, out) {
    const from = bytes.byteOffset + first * 2
    if (low === 0 && flip === 0 && LITTLE_ENDIAN && from % 2 === 0 && (first + out.length) * 2 <= bytes.length) {
      out.set(new Int16Array(bytes.buffer, from, out.length))
      return
    }
    const high = 1 - low
    for (let i = 0, at = first * 2; i < out.length; i++, at += 2) {
      out[i] = (((bytes[at + low]! | (bytes[at + high]! << 8)) ^ flip) << 16) >> 16
    }
  },
})

const words24: WfdbStorage = {
  ...bytewise(3),
  invalid: -8388608,
  decode(bytes, first, out) {
    for (let i = 0, at = first * 3; i < out.length; i++, at += 3) {
      out[i] = ((bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16)) << 8) >> 8
    }
  },
}

const words32: WfdbStorage = {
  ...bytewise(4),
  invalid: -2147483648,
  decode(bytes, first, out) {
    for (let i = 0, at = first * 4; i < out.length; i++, at += 4) {
      out[i] = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    }
  },
}

/** Two samples of 12 bits in three bytes. */
const format212: WfdbStorage = {
  byteLength: (samples) => Math.ceil(samples * 1.5),
  sampleCount: (bytes) => Math.floor((bytes * 2) / 3),
  invalid: -2048,
  differences: false,
  decode(bytes, first, out) {
    for (let i = 0, at = first * 1.5; i < out.length; i += 2, at += 3) {
      const middle = bytes[at + 1]!
      out[i] = ((bytes[at]! | ((middle & 0x0f) << 8)) << 20) >> 20
      if (i + 1 < out.length) out[i + 1] = ((bytes[at + 2]! | ((middle & 0xf0) << 4)) << 20) >> 20
    }
  },
}

/** Three samples of 10 bits in four bytes; `pick` takes one of them out of the little-endian word, at bits 22–31. */
function threeInFour(lengthOfTwo: number, pick: (word: number, index: number) => number): WfdbStorage {
  const tail = [0, 2, lengthOfTwo]
  return {
    byteLength: (samples) => Math.floor(samples / 3) * 4 + tail[samples % 3]!,
    sampleCount: (bytes) => Math.floor(bytes / 4) * 3 + (bytes % 4 >= lengthOfTwo ? 2 : bytes % 4 >= 2 ? 1 : 0),
    invalid: -512,
    differences: false,
    decode(bytes, first, out) {
      for (let i = 0, at = (first / 3) * 4; i < out.length; i += 3, at += 4) {
        // Behind the end of an unfinished pack the bytes read as undefined, which `|` takes for 0.
        const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
        for (let k = 0; k < 3 && i + k < out.length; k++) out[i + k] = pick(word, k) >> 22
      }
    },
  }
}

const storages = new Map<number, WfdbStorage>([
  [8, { ...bytes8(0, undefined), differences: true }],
  [16, words16(0, 0)],
  [24, words24],
  [32, words32],
  [61, words16(1, 0)],
  [80, bytes8(0x80, -128)],
  [160, words16(0, 0x8000)],
  [212, format212],
  // Two 16-bit words: the low bit of each is unused, ten bits are samples 0 and 1, the upper fives make sample 2.
  [
    310,
    threeInFour(4, (w, k) => (k === 0 ? w << 21 : k === 1 ? w << 5 : (((w >>> 11) & 31) | ((w >>> 27) << 5)) << 22)),
  ],
  [311, threeInFour(3, (w, k) => w << (22 - 10 * k))],
])
