import type { EcgWriter } from './writer.ts'

/** Comma-separated text in mV: a comment with the rate, a line of names, one line for each instant. */
export const csvWriter: EcgWriter = {
  id: 'csv',

  leftOut: () => [],

  write({ rateHz, channels }, stem) {
    const sampleCount = channels[0]?.samplesMv.length ?? 0
    const names = channels.map(({ name }) => `${cellOf(name)} (mV)`)
    const lines = [`# rate=${Number(rateHz.toPrecision(9))}`, names.join(',')]
    for (let t = 0; t < sampleCount; t++) lines.push(channels.map(({ samplesMv }) => numberOf(samplesMv[t]!)).join(','))
    return [{ name: `${stem}.csv`, bytes: Buffer.from(`${lines.join('\n')}\n`) }]
  },
}

/** Nine digits give every 32-bit float back; `nan` is a missing sample. */
const numberOf = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(9))) : 'nan')

/** A name from a file must neither end its cell nor be taken for a formula by a spreadsheet. */
const cellOf = (name: string): string => name.replace(/[,"\r\n\t;|]/g, '_').replace(/^[=+\-@]/, '_')
