import type { Sampler } from '../../src-preload/contract/screening.ts'
import { markCine } from '../screening/cine/mark.ts'
import type { ReportCine } from './report-record.ts'

const STRIP_FRAMES = 8
/** Where a heart of ordinary rate has contracted: a third into the beat. */
const SECOND_STILL = 17

/**
 * The still pictures of a report. Only marked pixels leave this function.
 *
 * @param cine [50, 96, 96] in [0, 1], as generated
 */
export function toReportCine(
  cine: Float32Array,
  facts: { seed: number; sampler: Sampler; cycleMs: number },
): ReportCine {
  const { frames, width, height, pixels } = markCine(cine)
  const picture = (frame: number) => ({
    frame,
    image: { width, height, pixels: pixels.slice(frame * width * height, (frame + 1) * width * height) },
  })
  return {
    ...facts,
    stills: [
      { ...picture(0), phase: 'end-diastole' },
      { ...picture(SECOND_STILL), phase: null },
    ],
    strip: Array.from({ length: STRIP_FRAMES }, (_, index) => picture(Math.round((index * frames) / STRIP_FRAMES))),
  }
}
