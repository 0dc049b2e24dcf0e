import type { Warning } from '../../../../src-preload/contract/ecg.ts'
import { AppError } from '../../../../src-preload/contract/errors.ts'
import type { EcgChannel } from '../../recording.ts'
import { addReferenceBeat, scpBeats, type ScpBeats } from './beats.ts'
import { bimodalLayout, undoBimodal } from './bimodal.ts'
import { scpLeadData, type ScpLeadData } from './lead-data.ts'
import { scpLeads, type ScpLead } from './leads.ts'
import type { ScpSection, ScpSections } from './sections.ts'

export interface ScpRhythm {
  rateHz: number
  channels: EcgChannel[]
  nanovoltsPerUnit: number
}

const NANO_TO_MILLI = 1e-6

/**
 * The rhythm of section 6 with everything undone that sections 2 to 5 say was done to it. The smoothing over three
 * samples that some decoders add outside of the reference beats is left out: it lowers the other beats.
 *
 * @throws AppError `format/section-missing`, `format/no-rhythm`, `format/unsupported`, and as the sections’ readers
 */
export function scpRhythm(sections: ScpSections, warnings: Warning[]): ScpRhythm {
  const { leads, beatSubtracted } = scpLeads(needed(sections, 3, 'the leads'))
  const rhythmSection = sections.get(6)
  if (!rhythmSection) {
    throw new AppError(
      'format/no-rhythm',
      `The SCP-ECG file holds no rhythm (section 6)${sections.has(5) ? ', only an averaged beat' : ''}. Export the full recording.`,
    )
  }
  const beats = beatSubtracted ? scpBeats(needed(sections, 4, 'the beats')) : areasOnly(sections.get(4))
  const reference = referenceBeat(sections, leads, beats, beatSubtracted)
  const layouts: Int32Array[] = []
  const rhythm = scpLeadData(rhythmSection, sections.get(2), leads.length, (index, intervalUs, bimodal) => {
    const lead = leads[index]!
    if (!bimodal) return lead.sampleCount
    layouts[index] = bimodalLayout(lead, beats?.protectedAreas ?? [], decimation(intervalUs, reference))
    return layouts[index].length - 1
  })
  const intervalUs = rhythm.bimodal ? reference!.intervalUs : rhythm.intervalUs
  if (beatSubtracted && reference!.intervalUs !== intervalUs) {
    throw new AppError(
      'format/unsupported',
      `The SCP-ECG file has its reference beat every ${reference!.intervalUs} µs and its rhythm every ${intervalUs} µs. Export it without reference-beat subtraction.`,
    )
  }
  const samples = leads.map((lead, index) => {
    const stored = rhythm.leads[index]!
    const full = rhythm.bimodal ? undoBimodal(stored, layouts[index]!, lead.sampleCount) : new Float64Array(stored)
    const millivolts = full.map((value) => value * rhythm.nanovoltsPerUnit * NANO_TO_MILLI)
    if (beatSubtracted) addReferenceBeat(millivolts, inMillivolts(reference!, index), beats!, lead)
    return millivolts
  })
  return {
    rateHz: 1e6 / intervalUs,
    channels: aligned(leads, samples, rhythm.clippedLeads, warnings),
    nanovoltsPerUnit: rhythm.nanovoltsPerUnit,
  }
}

/** Without subtraction section 4 matters to bimodal compression alone, and may be absent or empty. */
const areasOnly = (section: ScpSection | undefined): ScpBeats | undefined =>
  section && section.data.length >= 6 ? scpBeats(section) : undefined

function referenceBeat(
  sections: ScpSections,
  leads: readonly ScpLead[],
  beats: ScpBeats | undefined,
  isNeeded: boolean,
): ScpLeadData | undefined {
  const section = isNeeded ? needed(sections, 5, 'the reference beat') : sections.get(5)
  if (!section || !beats) return undefined
  return scpLeadData(section, sections.get(2), leads.length, (_, intervalUs) =>
    Math.floor((beats.referenceBeatMs * 1000) / intervalUs),
  )
}

function inMillivolts({ leads, nanovoltsPerUnit }: ScpLeadData, index: number): Float64Array {
  return new Float64Array(leads[index]!).map((value) => value * nanovoltsPerUnit * NANO_TO_MILLI)
}

function decimation(intervalUs: number, reference: ScpLeadData | undefined): number {
  const rate = reference ? intervalUs / reference.intervalUs : NaN
  if (Number.isInteger(rate) && rate >= 1) return rate
  throw new AppError(
    'format/unsupported',
    'The SCP-ECG file is compressed bimodally, but does not say by how much (section 5). Export it without compression.',
  )
}

/** One length for all leads: what a lead lacks before and behind is NaN; leads of clipped length end together. */
function aligned(
  leads: readonly ScpLead[],
  samples: readonly Float64Array[],
  clippedLeads: number,
  warnings: Warning[],
): EcgChannel[] {
  const first = Math.min(...leads.map(({ start }) => start))
  const ends = leads.map(({ start }, index) => start + samples[index]!.length - first)
  const length = clippedLeads > 0 ? Math.min(...ends) : Math.max(...ends)
  if (clippedLeads > 0) {
    warnings.push({
      code: 'scp/length-clipped',
      message: `The SCP-ECG file declares ${Math.max(...leads.map(({ sampleCount }) => sampleCount))} samples in each lead but could store only ${length}: the end of the recording is missing.`,
    })
  }
  if (new Set(leads.map(({ start }) => start)).size > 1) {
    warnings.push({
      code: 'scp/not-simultaneous',
      message: 'The leads were not all recorded at the same time; where one was not, it is left empty.',
    })
  }
  return leads.map(({ name, start }, index) => {
    const samplesMv = new Float32Array(length).fill(NaN)
    samplesMv.set(samples[index]!.subarray(0, Math.max(0, length - (start - first))), start - first)
    return { name, samplesMv }
  })
}

function needed(sections: ScpSections, id: number, what: string): ScpSection {
  const section = sections.get(id)
  if (section) return section
  throw new AppError(
    'format/section-missing',
    `The SCP-ECG file lacks section ${id}, which defines ${what}. Export the recording again.`,
  )
}
