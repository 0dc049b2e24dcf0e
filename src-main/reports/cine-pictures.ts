import type { Sampler } from '../../src-preload/contract/screening.ts'
import { findPhases } from '../cmr/cardiac-phases.ts'
import { markFrame, markThumbnail } from '../screening/cine/mark.ts'
import type { ReportCine } from './report-record.ts'

const FRAMES = 50
const STRIP_FRAMES = 8

/**
 * The still pictures of a report: both ends of the beat, or the first and the middle frame where no end of systole can be
 * told, and a strip of the whole beat. Only marked pixels leave this function.
 *
 * @param cine [50, 96, 96] in [0, 1], as generated
 */
export function toReportCine(
  cine: Float32Array,
  { seed, sampler, cycleMs }: { seed: number; sampler: Sampler; cycleMs: number },
): ReportCine {
  const { endDiastole, endSystole } = findPhases(cine)
  const second = endSystole ?? FRAMES / 2
  return {
    seed,
    sampler,
    cycleMs,
    stills: [
      { frame: endDiastole, phase: 'end-diastole', image: markFrame(cine, endDiastole) },
      { frame: second, phase: endSystole === null ? null : 'end-systole', image: markFrame(cine, second) },
    ],
    strip: Array.from({ length: STRIP_FRAMES }, (_, index) => {
      const frame = Math.round((index * FRAMES) / STRIP_FRAMES)
      return { frame, image: markThumbnail(cine, frame) }
    }),
  }
}
