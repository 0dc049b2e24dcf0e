import type { Mutate } from '../input.ts'

const VALUES = ['0', '-1', '1', '-0', '99999999', '2147483648', '1e9', '1e308', '0.00001', '.', '-', '+', 'NaN', '', '1,5', '0x1', '\0\0\0\0', '12345678', '-32768', '8388607', 'mV', 'uV', 'EDF+D', 'EDF Annotations', 'I', 'V1'] // prettier-ignore

/** A header of text fields of 4, 8, 16, 80 bytes (EDF, BDF): one or more are filled with other text. */
export const mutateFields: Mutate = (input, random) => {
  const bytes = Buffer.from(input)
  const headerBytes = Math.min(bytes.length, 256 + 256 * random.below(14))
  for (let count = 1 + random.below(3); count > 0; count--) {
    const width = random.pick([4, 8, 8, 8, 8, 16])
    const at = width * random.below(Math.max(1, Math.floor(headerBytes / width)))
    if (at + width <= bytes.length) bytes.write(random.pick(VALUES).padEnd(width).slice(0, width), at, 'latin1')
  }
  return bytes
}
