import type { EcgMeasurements, Measure, Measured } from '../../contract.ts'

export interface MeasureRow {
  measure: Measure
  unit: 'Bpm' | 'Ms' | 'Degrees'
  ours: Measured
  device: number | undefined
}

/** In the order in which an ECG is read. */
const ORDER: readonly Measure[] = [
  'heartRateBpm',
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
  'pMs',
  'rrMs',
]

export function measureRows({ ours, device }: EcgMeasurements): MeasureRow[] {
  return ORDER.map((measure) => ({
    measure,
    unit: /(?:Bpm|Ms|Degrees)$/.exec(measure)![0] as MeasureRow['unit'],
    ours: ours[measure],
    device: device.values[measure],
  }))
}
