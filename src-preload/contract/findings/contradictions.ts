import type { PhenotypeResult } from '../screening.ts'

/** How one output follows from others, by arithmetic alone. */
const IDENTITIES = [
  { id: 'lv-stroke-volume', of: 'LVSV', from: ['LVEDV', 'LVESV'], follows: difference },
  { id: 'lv-ejection-fraction', of: 'LVEF', from: ['LVEDV', 'LVESV'], follows: ejected },
  { id: 'rv-stroke-volume', of: 'RVSV', from: ['RVEDV', 'RVESV'], follows: difference },
  { id: 'rv-ejection-fraction', of: 'RVEF', from: ['RVEDV', 'RVESV'], follows: ejected },
  { id: 'la-stroke-volume', of: 'LASV', from: ['LAV_max', 'LAV_min'], follows: difference },
  { id: 'la-ejection-fraction', of: 'LAEF', from: ['LAV_max', 'LAV_min'], follows: ejected },
  { id: 'ra-stroke-volume', of: 'RASV', from: ['RAV_max', 'RAV_min'], follows: difference },
  { id: 'ra-ejection-fraction', of: 'RAEF', from: ['RAV_max', 'RAV_min'], follows: ejected },
  { id: 'both-stroke-volumes', of: 'RVSV', from: ['LVSV'], follows: (other: number) => other },
] as const

export type IdentityId = (typeof IDENTITIES)[number]['id']

export interface ConsistencyCheck {
  id: IdentityId
  /** The output that was predicted by itself, and those from which it follows too. */
  of: string
  from: readonly string[]
  unit: string
  predicted: number
  /** What the others make of it. */
  implied: number
  /** How far the two may lie apart, in the unit. */
  tolerance: number
  contradicts: boolean
}

/**
 * Holds outputs that were predicted each by itself against each other: SV = EDV − ESV, EF = SV/EDV, and both ventricles
 * pump the same blood.
 *
 * Two statements contradict where what follows from the others lies outside the output's own 90 % prediction interval:
 * the pack then says two things that it does not believe together. Both stroke volumes are predictions of one quantity,
 * so the narrower of their intervals counts; a shunt or a leaking valve makes them differ in truth.
 *
 * @returns one check for each identity whose outputs are all there and have intervals
 */
export function checkConsistency(phenotypes: readonly PhenotypeResult[]): ConsistencyCheck[] {
  const byId = new Map(phenotypes.map((phenotype) => [phenotype.id, phenotype]))
  return IDENTITIES.flatMap(({ id, of, from, follows }) => {
    const predicted = byId.get(of)
    const others = from.map((name) => byId.get(name))
    if (!predicted?.interval || others.some((other) => !other)) return []
    const implied = (follows as (...values: number[]) => number)(...others.map((other) => other!.value))
    const widths = [predicted, ...(id === 'both-stroke-volumes' ? others : [])].map((output) => halfWidth(output!))
    const tolerance = Math.min(...widths)
    return [
      {
        id,
        of,
        from,
        unit: predicted.unit,
        predicted: predicted.value,
        implied,
        tolerance,
        contradicts: Math.abs(implied - predicted.value) > tolerance,
      },
    ]
  })
}

/** An end that is cut off at what is possible does not tell the width; the longer side does. */
function halfWidth({ value, interval }: PhenotypeResult): number {
  return interval ? Math.max(value - interval[0], interval[1] - value) : Infinity
}

function difference(most: number, least: number): number {
  return most - least
}

/** In percent. */
function ejected(most: number, least: number): number {
  return (100 * (most - least)) / most
}
