import { crc32 } from 'node:zlib'

export interface MuseSample {
  name: string
  values: number[]
  unitsPerBit?: string
  units?: string | null
  declared?: number
  crc?: number
  off?: boolean
  data?: string
  offset?: number
}

/** A MUSE export for tests: a median, then a rhythm, in the order and with the fields of real ones. */
export function museXml(
  leads: MuseSample[],
  more: { head?: string; base?: string; exponent?: string; type?: string; encoding?: string } = {},
): string {
  const { head = '', base = '500', exponent = '0', type = 'Rhythm', encoding = 'ISO-8859-1' } = more
  const waveform = (kind: string, chosen: MuseSample[]): string => `<Waveform>
    <WaveformType>${kind}</WaveformType><NumberofLeads>${chosen.length}</NumberofLeads><SampleBase>${base}</SampleBase><SampleExponent>${exponent}</SampleExponent>
    ${chosen.map(leadData).join('\n')}</Waveform>`
  return `<?xml version="1.0" encoding="${encoding}"?>
<!DOCTYPE RestingECG SYSTEM "restecg.dtd">
<RestingECG>
  ${head}
  ${waveform('Median', [{ name: 'I', values: [9, 9] }])}
  ${waveform(type, leads)}
</RestingECG>
`
}

function leadData(lead: MuseSample): string {
  const bytes = Buffer.from(Int16Array.from(lead.values).buffer)
  const base64 = lead.data ?? bytes.toString('base64').replace(/(.{70})/g, '$1\n')
  return `<LeadData>
    <LeadTimeOffset>0</LeadTimeOffset><LeadSampleCountTotal>${lead.declared ?? lead.values.length}</LeadSampleCountTotal>
    <LeadAmplitudeUnitsPerBit>${lead.unitsPerBit ?? '4.88'}</LeadAmplitudeUnitsPerBit>
    ${lead.units === null ? '' : `<LeadAmplitudeUnits>${lead.units ?? 'MICROVOLTS'}</LeadAmplitudeUnits>`}
    <LeadID>${lead.name}</LeadID><LeadOffsetFirstSample>${lead.offset ?? 0}</LeadOffsetFirstSample><LeadSampleSize>2</LeadSampleSize>
    <LeadOff>${lead.off ? 'TRUE' : 'FALSE'}</LeadOff><LeadDataCRC32>${lead.crc ?? crc32(bytes)}</LeadDataCRC32>
    <WaveFormData>
${base64}
    </WaveFormData>
  </LeadData>`
}
