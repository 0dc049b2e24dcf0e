import type { Warning } from '../../src-preload/contract/ecg.ts'
import type { ConsistencyCheck } from '../../src-preload/contract/findings/contradictions.ts'
import { findingsOf, type DiseaseFinding } from '../../src-preload/contract/findings/findings-of.ts'
import type { ReferencePerson, ReferenceRange } from '../../src-preload/contract/findings/reference-ranges.ts'
import type { AppDescription } from '../../src-preload/contract/index.ts'
import type {
  DiseaseResult,
  Familiarity,
  PackIdentity,
  Provider,
  ScreeningResult,
} from '../../src-preload/contract/screening.ts'
import type { OperatingPoint } from '../../src-preload/contract/settings.ts'
import type { Bilingual } from './report-record.ts'

export interface ReportDisease {
  readonly id: DiseaseResult['id']
  readonly name: Bilingual
  /** As it is shown: at the site's prevalence where one was set. */
  readonly probability: number
  /** 95 % interval, where the pack says how sure its calibration is. */
  readonly interval: readonly [number, number] | null
  readonly threshold: number
  readonly positive: boolean
  /** At which share of ill people the probability holds; null where nobody recorded it. */
  readonly prevalence: { readonly share: number; readonly of: 'site' | 'pack' } | null
  readonly values: DiseaseFinding['values']
}

export interface ReportPhenotype {
  readonly id: string
  readonly field: number
  readonly name: Bilingual
  readonly unit: string
  readonly value: number
  readonly interval: readonly [number, number] | null
  readonly r2: number | null
  /** Hardly better than everybody's average. */
  readonly weak: boolean
  /** Null where no range was verified for this person. */
  readonly reference: ReferenceRange | null
  readonly outside: 'below' | 'above' | null
}

export interface ReportFindings {
  readonly operatingPoint: OperatingPoint
  readonly diseases: readonly ReportDisease[]
  readonly subtypes: readonly { readonly id: string; readonly name: Bilingual; readonly probability: number }[]
  readonly phenotypes: readonly ReportPhenotype[]
  /** Outputs that do not agree with each other. */
  readonly contradictions: readonly ConsistencyCheck[]
  readonly familiarity: Familiarity
  readonly marks: readonly Warning[]
  readonly pack: PackIdentity
  /** What the pack says of itself; null where another pack is installed now. */
  readonly statements: {
    readonly statement: Bilingual
    readonly trainingData: Bilingual
    readonly intendedUse: Bilingual
  } | null
  readonly provider: Provider
}

const NAMES: Readonly<Record<string, Bilingual>> = {
  cad: { en: 'Coronary artery disease', zh: '冠状动脉疾病' },
  hf: { en: 'Heart failure', zh: '心力衰竭' },
  cm: { en: 'Cardiomyopathy', zh: '心肌病' },
  ph: { en: 'Pulmonary hypertension', zh: '肺动脉高压' },
  dcm: { en: 'Dilated cardiomyopathy', zh: '扩张型心肌病' },
  hcm: { en: 'Hypertrophic cardiomyopathy', zh: '肥厚型心肌病' },
  rcm: { en: 'Restrictive cardiomyopathy', zh: '限制型心肌病' },
}

/**
 * What a screening says, in the form of a report.
 *
 * @param installed  the pack that is installed now; its words count only where the result is its own
 * @param person     who was recorded, for the reference ranges
 */
export function toReportFindings(
  result: ScreeningResult,
  installed: AppDescription['pack'],
  person: ReferencePerson,
): ReportFindings {
  const findings = findingsOf(result, installed, person)
  const own = installed?.sha256 === result.pack.sha256 ? installed : null
  return {
    operatingPoint: findings.operatingPoint,
    diseases: findings.diseases.map(({ result: { id, positive }, shown, values }) => ({
      id,
      name: own?.diseases.find((disease) => disease.id === id)?.name ?? NAMES[id]!,
      probability: shown.probability,
      interval: shown.interval,
      threshold: shown.threshold,
      positive,
      prevalence: shown.prevalence === null ? null : { share: shown.prevalence, of: shown.from },
      values,
    })),
    subtypes: findings.subtypes.map(({ id, probability }) => ({
      id,
      name: own?.subtypes.find((subtype) => subtype.id === id)?.name ?? NAMES[id]!,
      probability,
    })),
    phenotypes: findings.phenotypes.map(({ id, field, name, unit, value, interval, r2, weak, reference, place }) => ({
      id,
      field,
      name: own?.phenotypes.find((phenotype) => phenotype.id === id)?.name ?? { en: name, zh: name },
      unit,
      value,
      interval: interval ?? null,
      r2: r2 ?? null,
      weak,
      reference: typeof reference === 'string' ? null : reference,
      outside: place === null || place === 'within' ? null : place.endsWith('below') ? 'below' : 'above',
    })),
    contradictions: findings.consistency.filter(({ contradicts }) => contradicts),
    familiarity: result.familiarity,
    marks: result.marks,
    pack: result.pack,
    statements: own && { statement: own.statement, trainingData: own.trainingData, intendedUse: own.intendedUse },
    provider: result.provider,
  }
}
