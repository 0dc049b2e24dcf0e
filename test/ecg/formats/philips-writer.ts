export interface PhilipsSample {
  /** Name and counts of each lead, in file order. */
  leads: Record<string, number[]>
  version?: string
  rate?: string
  resolution?: string
  durationMs?: string
  head?: string
  /** Attributes of `parsedwaveforms` instead of those that fit. */
  attributes?: string
  /** Its text instead of the compressed leads. */
  data?: string
  more?: string
}

/** A Philips document of version 1.04 for tests, compressed by XLI unless `data` is given. */
export function philipsXml(sample: PhilipsSample, encoding = 'UTF-8'): string {
  const { leads, version = '1.04', rate = '500', resolution = '5', head = '', more = '' } = sample
  const names = Object.keys(leads)
  const durationMs = sample.durationMs ?? String((leads[names[0]!]!.length * 1000) / Number(rate))
  const attributes = sample.attributes ?? `dataencoding="Base64" compression="XLI" numberofleads="${names.length}" leadlabels="${names.join(' ')}" signaloffset="0" signalsigned="True" bitspersample="16"` // prettier-ignore
  return `<?xml version="1.0" encoding="${encoding}"?>
<restingecgdata xmlns="http://www3.medical.philips.com"><documentinfo><documentversion>${version}</documentversion></documentinfo>${head}
<waveforms><parsedwaveforms durationperchannel="${durationMs}" samplespersecond="${rate}" resolution="${resolution}" ${attributes}>${sample.data ?? xli(leads)}</parsedwaveforms>
<repbeats><repbeat leadname="I"><waveform duration="2400">AAA=</waveform></repbeat></repbeats>${more}</waveforms>
</restingecgdata>
`
}

/** One chunk for each lead as the format describes it, then a chunk of filler, in base64. */
export function xli(leads: Record<string, number[]>, code = 1): string {
  const filler = [0, 0, 0, 200, 0]
  return Buffer.concat([...Object.values(residuals(leads)), filler].map((counts) => chunk(counts, code)))
    .toString('base64')
    .replace(/(.{76})/g, '$1\n')
}

function residuals(leads: Record<string, number[]>): Record<string, number[]> {
  const { I, II, III } = leads
  if (!I || !II || !III) return leads
  const law: Record<string, (t: number) => number> = {
    III: (t) => II[t]! - I[t]!,
    aVR: (t) => -Math.floor((I[t]! + II[t]!) / 2),
    aVL: (t) => Math.floor((I[t]! - III[t]!) / 2),
    aVF: (t) => Math.floor((II[t]! + III[t]!) / 2),
  }
  return Object.fromEntries(
    Object.entries(leads).map(([name, counts]) => [name, law[name] ? counts.map((value, t) => law[name]!(t) - value) : counts]), // prettier-ignore
  )
}

function chunk(v: number[], code: number): Buffer {
  const differences = v.map((value, t) => (t < 2 ? value : t + 1 < v.length ? 2 * value - v[t - 1]! - v[t + 1]! + 64 : 0)) // prettier-ignore
  const words = Int16Array.from(differences)
  const packed = lzw([...words].map((word) => (word >> 8) & 255).concat([...words].map((word) => word & 255)))
  const header = Buffer.alloc(8)
  header.writeInt32LE(packed.length, 0)
  header.writeInt16LE(code, 4)
  header.writeInt16LE(v.length > 2 ? 2 * v[1]! - v[0]! - v[2]! : 0, 6)
  return Buffer.concat([header, packed])
}

/** LZW of 10-bit codes; the table is kept once it is full, 1023 ends. */
export function lzw(bytes: number[]): Buffer {
  const table = new Map(Array.from({ length: 256 }, (_, byte) => [String(byte), byte]))
  const codes: number[] = []
  let known = ''
  for (const byte of bytes) {
    const longer = known === '' ? String(byte) : `${known},${byte}`
    if (table.has(longer)) {
      known = longer
      continue
    }
    codes.push(table.get(known)!)
    if (table.size < 1023) table.set(longer, table.size)
    known = String(byte)
  }
  if (known !== '') codes.push(table.get(known)!)
  return packCodes([...codes, 1023])
}

export function packCodes(codes: number[]): Buffer {
  const bits = codes.map((code) => code.toString(2).padStart(10, '0')).join('')
  const octets = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/g) ?? []
  return Buffer.from(octets.map((octet) => parseInt(octet, 2)))
}
