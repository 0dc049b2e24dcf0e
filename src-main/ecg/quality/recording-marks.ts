import type { Warning } from '../../../src-preload/contract/ecg.ts'
import { LEG_INTERCHANGES, type Interchange } from '../../../src-preload/contract/placement.ts'
import type { DetectedBeats } from '../measurements/r-peaks.ts'
import { WINDOW_S, type ChosenWindow } from './window.ts'

/** A window may be this much shorter than ten seconds without a remark: some devices store 4998 samples. */
const FULL_WINDOW_TOLERANCE_S = 0.05

/** What limits a result as a whole, lead by lead aside. */
export function recordingMarks({
  window: { durationS, from, to },
  beats,
  interchange,
}: {
  window: ChosenWindow
  beats: DetectedBeats
  interchange: Interchange | null
}): Warning[] {
  const marks: Warning[] = []
  if (durationS < WINDOW_S - FULL_WINDOW_TOLERANCE_S) {
    marks.push({
      code: 'quality/short-recording',
      message: `The recording lasts ${durationS.toFixed(1)} s instead of ${WINDOW_S} s: all of it was used.`,
    })
  }
  if (beats.steps.some((step) => step >= from && step < to)) {
    marks.push({
      code: 'quality/calibration-pulse',
      message: 'All leads jump at once within the ten seconds, as in a calibration pulse. Record again without it.',
    })
  }
  if (interchange) marks.push(interchangeMark(interchange))
  return marks
}

function interchangeMark(interchange: Interchange): Warning {
  if ((LEG_INTERCHANGES as readonly string[]).includes(interchange)) {
    return {
      code: 'quality/electrode-on-leg',
      message: `An arm electrode seems to be on a leg (${interchange}): a limb lead is flat. Check the electrodes and record the ECG again.`,
    }
  }
  return {
    code: 'quality/electrodes-interchanged',
    message: `Electrodes seem to be interchanged (${interchange}). Check them and record the ECG again; the record was screened as it is.`,
  }
}
