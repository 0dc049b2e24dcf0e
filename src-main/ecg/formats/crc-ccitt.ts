/**
 * CRC-16/CCITT-FALSE: polynomial x¹⁶ + x¹² + x⁵ + 1, start 0xFFFF, no reflection. EN 1064 (5.2.7) and ISHNE 1.0 use it.
 */
export function crcCcitt(bytes: Uint8Array): number {
  let crc = 0xffff
  for (let at = 0; at < bytes.length; at++) crc = ((crc << 8) & 0xffff) ^ table[(crc >> 8) ^ bytes[at]!]!
  return crc
}

const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 8
  for (let bit = 0; bit < 8; bit++) value = value & 0x8000 ? (value << 1) ^ 0x1021 : value << 1
  return value
})
