import type { Warning } from '../../src-preload/contract/ecg.ts'
import type { ModelManifest } from '../../src-preload/contract/manifest.ts'
import type {
  DiseaseResult,
  Familiarity,
  PhenotypeResult,
  ScreeningResult,
  SubtypeResult,
} from '../../src-preload/contract/screening.ts'
import type { ScreeningOutputs } from '../inference/encoder.ts'
import type { TrustedKey } from '../inference/pack/keys.ts'
import { calibrate, calibrationInterval, softmax } from './calibration.ts'
import { checkIntendedUse, type ScreenedPerson } from './intended-use.ts'
import { thresholdAt, usablePoint } from './operating-point.ts'
import { NO_SITE_CHOICE, type SiteChoice } from './site-choice.ts'

export type ScreeningParts = Pick<
  ScreeningResult,
  'operatingPoint' | 'diseases' | 'subtypes' | 'phenotypes' | 'familiarity' | 'marks'
>

/**
 * Turns the task encoder's numbers into what a screening says: calibrated probabilities against the thresholds
 * of the site's operating point, subtypes only where cardiomyopathy is positive, phenotypes with their prediction intervals, and a mark for
 * every limit.
 *
 * @param outputs of one ECG, in the order of the manifest's lists
 * @param marks   limits that were found before, e.g. `quality/…`
 * @param site    operating point and prevalence, which are recorded with the result
 * @throws AppError `intended-use/age`
 */
export function toScreeningParts(
  outputs: ScreeningOutputs,
  { manifest, key }: { manifest: ModelManifest; key: Pick<TrustedKey, 'purpose'> },
  { marks = [], ...person }: ScreenedPerson & { marks?: readonly Warning[] | undefined } = {},
  site: SiteChoice = NO_SITE_CHOICE,
): ScreeningParts {
  const personMarks = checkIntendedUse(manifest, person)
  const operatingPoint = usablePoint(manifest.diseases, site.operatingPoint)
  const diseases = toDiseases(outputs.dis, manifest, { ...site, operatingPoint })
  const familiarity = toFamiliarity(outputs.distance[0]!, manifest)
  return {
    operatingPoint,
    diseases,
    subtypes: diseases.some(({ id, positive }) => id === 'cm' && positive) ? toSubtypes(outputs.sub, manifest) : [],
    phenotypes: toPhenotypes(outputs.pheno, manifest),
    familiarity,
    marks: [
      ...packMarks(manifest, key),
      ...marks,
      ...personMarks,
      ...familiarityMarks(familiarity, manifest),
      ...(operatingPoint === site.operatingPoint ? [] : [NO_SUCH_POINT]),
    ],
  }
}

/** The limits that every result of a pack carries. */
export function packMarks({ trained }: ModelManifest, { purpose }: Pick<TrustedKey, 'purpose'>): Warning[] {
  const marks: Warning[] = []
  if (!trained) marks.push({ code: 'pack/untrained', message: 'untrained weights: the numbers mean nothing' })
  if (purpose === 'development') {
    marks.push({
      code: 'pack/development-key',
      message: 'The model pack is signed with a development key: it is for demonstration, not for use on patients.',
    })
  }
  return marks
}

/** The pack learned from recordings within a distance; beyond it its numbers were never tested. */
function toFamiliarity(distance: number, { familiarity }: ModelManifest): Familiarity {
  const level = distance < familiarity.unusual ? 'similar' : distance < familiarity.unlike ? 'unusual' : 'unlike'
  return { distance, level }
}

function familiarityMarks({ distance, level }: Familiarity, { familiarity }: ModelManifest): Warning[] {
  const far = `distance ${distance.toFixed(2)}; 95 % of held-out recordings lie below ${familiarity.unusual.toFixed(2)}`
  switch (level) {
    case 'similar':
      return []
    case 'unusual':
      return [
        {
          code: 'familiarity/unusual',
          message: `This ECG is unusual among those that the pack learned from (${far}). Read its numbers with care.`,
        },
      ]
    case 'unlike':
      return [
        {
          code: 'familiarity/unlike',
          message: `This ECG is unlike those that the pack learned from (${far}): its numbers were never tested on such recordings. Do not rely on them.`,
        },
      ]
  }
}

const NO_SUCH_POINT: Warning = {
  code: 'operating-point/absent',
  message: 'The model pack has no threshold for the operating point that this site chose; the balanced one is used.',
}

function toDiseases(logits: Float32Array, { diseases }: ModelManifest, site: SiteChoice): DiseaseResult[] {
  return diseases.map((disease, index) => {
    const { id, calibration, calibrationPrevalence } = disease
    const logit = logits[index]!
    const probability = calibrate(logit, calibration)
    const interval = calibrationInterval(logit, calibration)
    const threshold = thresholdAt(disease, site.operatingPoint)!
    return {
      id,
      probability,
      ...(interval && { interval }),
      threshold,
      positive: probability >= threshold,
      // A pack that was calibrated among the ill alone, or the well alone, can't be moved anywhere.
      ...(calibrationPrevalence > 0 &&
        calibrationPrevalence < 1 && {
          prevalence: { pack: calibrationPrevalence, site: site.prevalence[id] ?? null },
        }),
    }
  })
}

function toSubtypes(logits: Float32Array, { subtypes }: ModelManifest): SubtypeResult[] {
  const probabilities = softmax(logits)
  return subtypes.map(({ id }, index) => ({ id, probability: probabilities[index]! }))
}

function toPhenotypes(values: Float32Array, { phenotypes }: ModelManifest): PhenotypeResult[] {
  return phenotypes.map(({ id, field, name, unit, group, r2, intervalHalfWidth }, index) => {
    const value = values[index]!
    const [least, most] = possible(group, unit)
    return {
      id,
      field,
      name: name.en,
      unit,
      value,
      ...(r2 !== undefined && { r2 }),
      ...(intervalHalfWidth !== undefined && {
        interval: [Math.max(least, value - intervalHalfWidth), Math.min(most, value + intervalHalfWidth)] as [
          number,
          number,
        ],
      }),
    }
  })
}

/** No end of an interval lies beyond what can be: volumes, masses, areas and thickness from 0, fractions up to 100 %. */
function possible(group: ModelManifest['phenotypes'][number]['group'], unit: string): [least: number, most: number] {
  if (group === 'ecc' || group === 'err' || group === 'ell') return [-Infinity, Infinity]
  return [0, unit === '%' ? 100 : Infinity]
}
