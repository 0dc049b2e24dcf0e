import { inflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { greyPng } from '../../../src-main/screening/cine/png.ts'

it('gives back every pixel and its comment when it is read by the standard', () => {
  const [width, height] = [7, 5]
  const pixels = Uint8Array.from({ length: width * height }, (_, index) => (index * 53) % 256)
  const png = Buffer.from(greyPng({ width, height, pixels }, 'a comment – with a dash'))
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at)
    chunks.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'iTXt', 'IDAT', 'IEND'])
  const header = chunks.get('IHDR')!
  expect([header.readUInt32BE(0), header.readUInt32BE(4), ...header.subarray(8)]).toEqual([7, 5, 8, 0, 0, 0, 0])
  const rows = inflateSync(chunks.get('IDAT')!)
  const read = Array.from({ length: height }, (_, y) => [...rows.subarray(y * 8 + 1, y * 8 + 8)]).flat()
  expect(read).toEqual([...pixels])
  expect(chunks.get('iTXt')!.toString('utf8')).toContain('a comment – with a dash')
})
