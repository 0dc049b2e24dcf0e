import type {
  EcgMeasurements,
  Measured,
  MedianBeat,
  NotMeasurable,
} from '../../../src-preload/contract/measurements.ts'
import { heartRateBpm } from './heart-rate.ts'

export interface OwnMeasurements extends Pick<EcgMeasurements, 'ours' | 'fiducials' | 'beats'> {
  medianBeat: MedianBeat | null
}

/** To a tenth. */
export const toATenth = (value: number): Measured => ({ value: Math.round(value * 10) / 10 })

/** Measurements of an ECG of which only the heart rate can be measured, if that: all others for one reason. */
export function nothingMeasured(reason: NotMeasurable, peaks: readonly number[], rateHz: number): OwnMeasurements {
  const rate = heartRateBpm(peaks, rateHz)
  const none: Measured = { value: null, reason }
  const noRate: Measured = { value: null, reason: 'few-beats' }
  return {
    ours: {
      heartRateBpm: rate === null ? noRate : toATenth(rate),
      rrMs: rate === null ? noRate : toATenth(60_000 / rate),
      pMs: none,
      prMs: none,
      qrsMs: none,
      qtMs: none,
      qtcBazettMs: none,
      qtcFridericiaMs: none,
      qtcFraminghamMs: none,
      qtcHodgesMs: none,
      pAxisDegrees: none,
      qrsAxisDegrees: none,
      tAxisDegrees: none,
    },
    fiducials: {
      pOnsetMs: null,
      pOffsetMs: null,
      qrsOnsetMs: null,
      qrsOffsetMs: null,
      tPeakMs: null,
      tOffsetMs: null,
    },
    beats: { found: peaks.length, used: 0 },
    medianBeat: null,
  }
}
