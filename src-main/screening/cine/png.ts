import { crc32 } from 'node:zlib'
import { zlibSync } from 'fflate'
import type { MarkedFrame } from './mark.ts'

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/**
 * One marked frame as PNG, with a text that stays with the file.
 *
 * @param comment  written as `Comment` in UTF-8
 * @see ISO/IEC 15948:2004 (PNG), sections 11.2 and 11.3.4
 */
export function greyPng({ width, height, pixels }: MarkedFrame, comment: string): Uint8Array {
  const header = new DataView(new ArrayBuffer(13))
  header.setUint32(0, width)
  header.setUint32(4, height)
  // Bit depth 8, colour type grey; compression, filter and interlace methods 0.
  header.setUint8(8, 8)
  const rows = new Uint8Array(height * (width + 1))
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  const text = Buffer.concat([Buffer.from('Comment\0\0\0\0\0', 'latin1'), Buffer.from(comment, 'utf8')])
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', new Uint8Array(header.buffer)),
    chunk('iTXt', text),
    chunk('IDAT', zlibSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ])
}

function chunk(type: string, data: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
