import { code, sequence, text, unsigned16, unsigned32, type Elements, type Value } from './dicom-writer.ts'

export interface SampleChannel {
  code?: [value: string, meaning: string, scheme?: string]
  label?: string
  sensitivity?: string
  unit?: [value: string, meaning: string] | null
  correction?: string
  baseline?: string
  bitsStored?: number
  skewSamples?: string
}

export interface SampleGroup {
  channels: SampleChannel[]
  /** Stored values, instant by instant. */
  samples: number[]
  interpretation?: 'SS' | 'US' | 'SB' | 'UB' | 'SL' | 'UL' | 'MB'
  rateHz?: string | null
  originality?: string
  label?: string
  padding?: number
  declaredSamples?: number
  little?: boolean
}

export const lead = (number: number, name: string, more: Partial<SampleChannel> = {}): SampleChannel => ({
  code: [`5.6.3-9-${number}`, `Lead ${name}`, 'SCPECG'],
  ...more,
})

export function waveformGroup(group: SampleGroup): Elements {
  const { interpretation = 'SS', rateHz = '500', little = true } = group
  const width = { SB: 1, UB: 1, MB: 1, SS: 2, US: 2, SL: 4, UL: 4 }[interpretation]
  const number = (value: number): Uint8Array => {
    const bytes = new Uint8Array(width)
    for (let k = 0; k < width; k++) bytes[little ? k : width - 1 - k] = value >> (8 * k)
    return bytes
  }
  const data = Buffer.concat(group.samples.map(number))
  return {
    0x003a0004: text('CS', group.originality ?? 'ORIGINAL'),
    0x003a0005: unsigned16(group.channels.length, little),
    0x003a0010: unsigned32(group.declaredSamples ?? group.samples.length / group.channels.length, little),
    ...(rateHz !== null && { 0x003a001a: text('DS', rateHz) }),
    ...(group.label !== undefined && { 0x003a0020: text('SH', group.label) }),
    0x003a0200: sequence(...group.channels.map((channel) => channelDefinition(channel, little))),
    0x54001004: unsigned16(width * 8, little),
    0x54001006: text('CS', interpretation),
    ...(group.padding !== undefined && { 0x5400100a: { vr: 'OW', bytes: number(group.padding) } }),
    0x54001010: { vr: 'OW', bytes: data.length % 2 ? Buffer.concat([data, Buffer.alloc(1)]) : data },
  }
}

function channelDefinition(channel: SampleChannel, little: boolean): Elements {
  const { unit = ['uV', 'microvolt'] } = channel
  const optional = (tag: number, value: Value | undefined): Elements => (value ? { [tag]: value } : {})
  return {
    ...optional(0x003a0203, channel.label === undefined ? undefined : text('SH', channel.label)),
    ...optional(0x003a0208, channel.code && code(...channel.code)),
    0x003a0210: text('DS', channel.sensitivity ?? '1'),
    ...optional(0x003a0211, unit ? code(...unit) : undefined),
    0x003a0212: text('DS', channel.correction ?? '1'),
    0x003a0213: text('DS', channel.baseline ?? '0'),
    ...optional(0x003a0215, channel.skewSamples === undefined ? undefined : text('DS', channel.skewSamples)),
    0x003a021a: unsigned16(channel.bitsStored ?? 16, little),
  }
}

/** A waveform object with these groups and further top-level elements. */
export const waveformObject = (groups: SampleGroup[], more: Elements = {}): Elements => ({
  0x00080016: text('UI', '1.2.840.10008.5.1.4.1.1.9.1.1'),
  0x00080060: text('CS', 'ECG'),
  ...more,
  0x54000100: sequence(...groups.map(waveformGroup)),
})
