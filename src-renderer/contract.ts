/** The one place where the window meets main: types, limits and error codes of the contract. */
export * from '../src-preload/contract/index.ts'
export { LEAD_NAMES } from '../src-preload/contract/ecg.ts'
export type { EcgSummary, FilePatient, LeadName, ScreenedWindow } from '../src-preload/contract/ecg.ts'
export { GENERATED_MARK } from '../src-preload/contract/screening.ts'
export type {
  DiseaseResult,
  PhenotypeResult,
  Provider,
  ProviderChoice,
  Sampler,
  ScreeningResult,
  SubtypeResult,
} from '../src-preload/contract/screening.ts'
