import type { ReportDisease } from '../findings.ts'

export type RiskBand = 'low' | 'just-below' | 'just-above' | 'high'

/** Odds that differ from the threshold's by less than this factor count as near it, as in the window. */
const NEAR_FACTOR = 2

export function riskBand({
  probability,
  threshold,
  positive,
}: Pick<ReportDisease, 'probability' | 'threshold' | 'positive'>): RiskBand {
  const factor = odds(probability) / odds(threshold)
  if (positive) return factor < NEAR_FACTOR ? 'just-above' : 'high'
  return factor > 1 / NEAR_FACTOR ? 'just-below' : 'low'
}

function odds(probability: number): number {
  const bounded = Math.min(1 - 1e-9, Math.max(1e-9, probability))
  return bounded / (1 - bounded)
}

export const BAND_TONES = { low: 'low', 'just-below': 'middle', 'just-above': 'middle', high: 'high' } as const
