import { AppError } from '../../../../src-preload/contract/errors.ts'
import type { ScpLead } from './leads.ts'
import type { ScpSection } from './sections.ts'

/** First and last sample of a stretch, counted from 1. */
export interface Stretch {
  first: number
  last: number
}

/** Section 4: where the reference beat was taken off, and what bimodal compression left whole. */
export interface ScpBeats {
  referenceBeatMs: number
  /** Sample of the reference beat, from 1, that lies on each QRS’s own. */
  referenceFiducial: number
  subtracted: readonly (Stretch & { fiducial: number })[]
  protectedAreas: readonly Stretch[]
}

const BEAT_BYTES = 14
const AREA_BYTES = 8
/** Only beats of type 0 have the reference beat taken off. */
const REFERENCE_TYPE = 0

/** @throws AppError `format/truncated`, `format/malformed` where stretches overlap */
export function scpBeats({ data }: ScpSection): ScpBeats {
  const count = data.u16(4)
  const beats = Array.from({ length: count }, (_, beat) => {
    const at = 6 + BEAT_BYTES * beat
    return { type: data.u16(at), first: data.u32(at + 2), fiducial: data.u32(at + 6), last: data.u32(at + 10) }
  })
  const areasAt = 6 + BEAT_BYTES * count
  const areaCount = Math.min(count, Math.floor((data.length - areasAt) / AREA_BYTES))
  const areas = Array.from({ length: areaCount }, (_, area) => {
    const at = areasAt + AREA_BYTES * area
    return { first: data.u32(at), last: data.u32(at + 4) }
  })
  return {
    referenceBeatMs: data.u16(0),
    referenceFiducial: data.u16(2),
    subtracted: inOrder(beats.filter(({ type, first, last }) => type === REFERENCE_TYPE && last > first)),
    protectedAreas: inOrder(areas.filter(({ first, last }) => first > 0 && last > first)),
  }
}

function inOrder<T extends Stretch>(stretches: T[]): T[] {
  const sorted = stretches.sort((a, b) => a.first - b.first)
  if (sorted.some(({ first }, index) => index > 0 && first <= sorted[index - 1]!.last)) {
    throw new AppError('format/malformed', 'The beats of the SCP-ECG file overlap each other. Export it again.')
  }
  return sorted
}

/**
 * Adds the reference beat where it was taken off.
 *
 * @param samples  of the lead, changed in place, in the unit of `reference`
 */
export function addReferenceBeat(samples: Float64Array, reference: ArrayLike<number>, beats: ScpBeats, lead: ScpLead) {
  for (const { first, last, fiducial } of beats.subtracted) {
    const shift = beats.referenceFiducial - fiducial
    const from = Math.max(first, lead.start, 1 - shift)
    const to = Math.min(last, lead.start + samples.length - 1, reference.length - shift)
    for (let number = from; number <= to; number++) {
      samples[number - lead.start]! += reference[number + shift - 1]!
    }
  }
}
