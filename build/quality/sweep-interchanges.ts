import { detectBeatsInLeads } from '../../src-main/ecg/measurements/r-peaks.ts'
import { independentLeads } from '../../src-main/ecg/measurements/working-leads.ts'
import { examineEcg } from '../../src-main/ecg/quality/examine.ts'
import { beatShape } from '../../src-main/ecg/quality/placement/beat-shape.ts'
import { findInterchange } from '../../src-main/ecg/quality/placement/find-interchange.ts'
import type { EcgWaveform } from '../../src-main/ecg/recording.ts'
import { INTERCHANGES, type Interchange } from '../../src-preload/contract/placement.ts'
import { interchanged } from '../../test/ecg/quality/generator/interchange.ts'

/** Prints how many recordings are suspected as they are, and with each interchange planted. Paced ones are left out. */
export function sweepInterchanges(recordings: Iterable<EcgWaveform>, plantInEvery = 1): void {
  const suspected = new Map<Interchange | null, number>()
  const named = new Map<Interchange, number>()
  const any = new Map<Interchange, number>()
  let [read, refused] = [0, 0]
  let all = 0
  let spoilt = 0
  for (const waveform of recordings) {
    const { quality, refusal } = examineEcg(waveform)
    read += 1
    if (refusal) refused += 1
    if (refusal || quality.paced) continue
    all += 1
    suspected.set(quality.interchange, (suspected.get(quality.interchange) ?? 0) + 1)
    if (all % plantInEvery > 0) continue
    spoilt += 1
    const leads = independentLeads(waveform)
    const { peaks } = detectBeatsInLeads(leads, waveform.rateHz)
    for (const planted of INTERCHANGES) {
      const shape = beatShape(interchanged(leads, planted), peaks, waveform.rateHz)
      const found = shape && findInterchange(shape)
      if (found !== null) any.set(planted, (any.get(planted) ?? 0) + 1)
      if (found === planted) named.set(planted, (named.get(planted) ?? 0) + 1)
    }
  }
  const none = suspected.get(null) ?? 0
  const listed = [...suspected].filter(([key]) => key !== null).map(([key, value]) => `${key} ${value}`)
  console.log(`Refused as recorded: ${refused} of ${read}\n`)
  console.log(`Electrodes as recorded: ${none} of ${all} not suspected (${((100 * none) / all).toFixed(2)} %) ${listed.join(', ')}\n`) // prettier-ignore
  console.log('| planted | n | suspected | with its name |\n|---|--:|--:|--:|')
  for (const planted of INTERCHANGES) {
    const row = [any, named].map((counts) => `${((100 * (counts.get(planted) ?? 0)) / spoilt).toFixed(1)} %`)
    console.log(`| ${planted} | ${spoilt} | ${row.join(' | ')} |`)
  }
}
