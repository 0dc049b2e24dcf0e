import type { DescribedDisease, DescribedOperatingPoint, DescribedPhenotype, PackRules } from '../described-outputs.ts'
import type { DiseaseResult, PhenotypeResult, ScreeningResult, SubtypeResult } from '../screening.ts'
import type { OperatingPoint } from '../settings.ts'
import { atSite, type DiseaseAtSite } from './at-site.ts'
import { checkConsistency, type ConsistencyCheck } from './contradictions.ts'
import { predictiveValues, type Rate } from './predictive-values.ts'
import {
  placeInRange,
  referenceFor,
  type NoReference,
  type ReferencePerson,
  type ReferenceRange,
} from './reference-ranges.ts'
import { isWeak } from './strength.ts'

/** Of the pack, what is needed to say what a result means. */
export interface FindingsPack {
  sha256: string
  rules: PackRules
  diseases: readonly DescribedDisease[]
  phenotypes: readonly DescribedPhenotype[]
}

export interface DiseaseFinding {
  result: DiseaseResult
  /** As it is shown: at the site's prevalence where one was set. */
  shown: DiseaseAtSite
  /** How the pack did at the result's operating point; null where it does not say, or the result is another pack's. */
  point: DescribedOperatingPoint | null
  /** What became of held-out subjects who were told as much. */
  band: DescribedDisease['reliability'][number] | null
  /** At the prevalence that is shown. */
  values: { ppv: Rate; npv: Rate } | null
}

export interface PhenotypeFinding extends PhenotypeResult {
  weak: boolean
  reference: ReferenceRange | NoReference
  /** Null without a reference range. */
  place: ReturnType<typeof placeInRange> | null
}

export interface Findings {
  operatingPoint: OperatingPoint
  diseases: DiseaseFinding[]
  /** Empty unless cardiomyopathy is positive. */
  subtypes: readonly SubtypeResult[]
  phenotypes: PhenotypeFinding[]
  consistency: ConsistencyCheck[]
}

/**
 * Everything that a screening says, as it is shown: window, report, exports and command line take it from here.
 *
 * @param pack    the installed pack; what it says of its quality counts only where the result is its own
 * @param person  who was recorded, for the reference ranges
 */
export function findingsOf(result: ScreeningResult, pack: FindingsPack | null, person: ReferencePerson): Findings {
  const own = pack?.sha256 === result.pack.sha256 ? pack : null
  const operatingPoint = result.operatingPoint ?? 'balanced'
  return {
    operatingPoint,
    diseases: result.diseases.map((disease) =>
      diseaseFinding(
        disease,
        own?.diseases.find(({ id }) => id === disease.id),
        operatingPoint,
      ),
    ),
    subtypes: result.subtypes,
    phenotypes: result.phenotypes.map((phenotype) => {
      const reference = referenceFor(phenotype.id, person)
      return {
        ...phenotype,
        weak: isWeak(phenotype),
        reference,
        place: typeof reference === 'string' ? null : placeInRange(phenotype, reference),
      }
    }),
    consistency: checkConsistency(result.phenotypes),
  }
}

function diseaseFinding(
  result: DiseaseResult,
  described: DescribedDisease | undefined,
  operatingPoint: OperatingPoint,
): DiseaseFinding {
  const shown = atSite(result)
  const point = described?.operatingPoints.find(({ id }) => id === operatingPoint) ?? null
  const rates = point?.rates
  return {
    result,
    shown,
    point,
    band: described?.reliability.find(({ below }) => result.probability < below) ?? null,
    values:
      rates && shown.prevalence !== null
        ? predictiveValues(rates.sensitivity, rates.specificity, shown.prevalence)
        : null,
  }
}
