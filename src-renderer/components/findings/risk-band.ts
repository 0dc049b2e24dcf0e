import type { DiseaseResult } from '../../contract.ts'

export type RiskBand = 'low' | 'just-below' | 'just-above' | 'high'

/** Odds that differ from the threshold's by less than this factor count as near it. */
const NEAR_FACTOR = 2

/**
 * The word for a probability beside its threshold. Above or below is what the screening says (`positive`); near or
 * clear is a matter of odds, since 0.02 and 0.04 are as far apart as 0.5 and 0.67.
 */
export function riskBand({ probability, threshold, positive }: Omit<DiseaseResult, 'id'>): RiskBand {
  const factor = odds(probability) / odds(threshold)
  if (positive) return factor < NEAR_FACTOR ? 'just-above' : 'high'
  return factor > 1 / NEAR_FACTOR ? 'just-below' : 'low'
}

function odds(probability: number): number {
  // Kept off 0 and 1, where the odds of a threshold would divide by zero.
  const bounded = Math.min(1 - 1e-9, Math.max(1e-9, probability))
  return bounded / (1 - bounded)
}

/** The colour class of a band: blue, amber, vermilion. Always shown with the word and the number. */
export const BAND_TONES: Record<RiskBand, 'low' | 'middle' | 'high'> = {
  low: 'low',
  'just-below': 'middle',
  'just-above': 'middle',
  high: 'high',
}

export const BAND_KEYS = {
  low: 'findings.bandLow',
  'just-below': 'findings.bandJustBelow',
  'just-above': 'findings.bandJustAbove',
  high: 'findings.bandHigh',
} as const satisfies Record<RiskBand, string>
