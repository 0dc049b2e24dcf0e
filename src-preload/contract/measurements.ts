import { z } from 'zod'
import { float32 } from './bytes.ts'
import { LEAD_NAMES } from './constants.ts'

/** What is measured of an ECG; the unit is part of the name. Axes lie in (−180, 180], 0 to the left, 90 to the feet. */
export const MEASURES = [
  'heartRateBpm',
  'rrMs',
  'pMs',
  'prMs',
  'qrsMs',
  'qtMs',
  'qtcBazettMs',
  'qtcFridericiaMs',
  'qtcFraminghamMs',
  'qtcHodgesMs',
  'pAxisDegrees',
  'qrsAxisDegrees',
  'tAxisDegrees',
] as const
export const Measure = z.enum(MEASURES)
export type Measure = z.infer<typeof Measure>

/** Why a value is not given. */
export const NotMeasurable = z.enum([
  /** No beats were found, or fewer than three that resemble each other. */
  'few-beats',
  /** No P wave stands before the QRS complexes, as in atrial fibrillation. */
  'no-p-wave',
  /** The wave is too small against the noise for its ends, or its direction, to be told. */
  'low-amplitude',
  /** The T wave runs into the next beat. */
  't-wave-cut-off',
  /** The lead is shorter than the beat needs, or a lead is absent. */
  'leads-missing',
])
export type NotMeasurable = z.infer<typeof NotMeasurable>

export const Measured = z.union([
  z.strictObject({ value: z.number() }),
  z.strictObject({ value: z.null(), reason: NotMeasurable }),
])
export type Measured = z.infer<typeof Measured>

/** What the recording device measured and said, as the file has it; never mixed with our own. */
export const DeviceInterpretation = z.strictObject({
  values: z.partialRecord(Measure, z.number()),
  statements: z.array(z.string()),
})
export type DeviceInterpretation = z.infer<typeof DeviceInterpretation>

/** Ends of the waves in the median beat, in ms from its R peak; null where they can't be told. */
export const Fiducials = z.strictObject({
  pOnsetMs: z.number().nullable(),
  pOffsetMs: z.number().nullable(),
  qrsOnsetMs: z.number().nullable(),
  qrsOffsetMs: z.number().nullable(),
  tPeakMs: z.number().nullable(),
  tOffsetMs: z.number().nullable(),
})
export type Fiducials = z.infer<typeof Fiducials>

/** Our own measurements, and beside them what the device wrote into the file: never mixed. */
export const EcgMeasurements = z.strictObject({
  ours: z.record(Measure, Measured),
  device: DeviceInterpretation,
  fiducials: Fiducials,
  /** R peaks that were found, and how many of their beats, those of the commonest shape, made the median beat. */
  beats: z.strictObject({ found: z.int().min(0), used: z.int().min(0) }),
})
export type EcgMeasurements = z.infer<typeof EcgMeasurements>

/** The median beat of each lead, in mV without its baseline; sample `rIndex` is the R peak. */
export const MedianBeat = z.strictObject({
  rateHz: z.number().positive(),
  rIndex: z.int().min(0),
  leads: z.array(z.strictObject({ name: z.enum(LEAD_NAMES), samplesMv: float32(10_000) })),
})
export type MedianBeat = z.infer<typeof MedianBeat>

export const MeasuredEcg = z.strictObject({
  measurements: EcgMeasurements,
  /** Null where fewer than three beats resemble each other. */
  medianBeat: MedianBeat.nullable(),
  /** R peaks of the whole recording, in seconds from its start. */
  rPeaksS: z.array(z.number().min(0)),
})
export type MeasuredEcg = z.infer<typeof MeasuredEcg>
