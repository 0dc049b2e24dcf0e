/**
 * The one place where the window meets main: the contract's types, and of its values only those that are free of
 * zod (see contract/constants.ts).
 */
export type * from '../src-preload/contract/index.ts'
export type {
  AttachedCineRow,
  CineFacts,
  CineLikeness,
  CinePlane,
  CinePreparation,
  CineStackId,
  IdentityComparison,
  PendingCine,
  PlaneChoice,
  RealCine,
} from '../src-preload/contract/cmr.ts'
export type { AuditDetail, AuditFilter, AuditLine, AuditVerdict } from '../src-preload/contract/audit.ts'
export type { BackupEntry, BackupProgress, BackupState } from '../src-preload/contract/backup.ts'
export type { PackKey } from '../src-preload/contract/site-keys.ts'
export type {
  ExplanationId,
  LeadTimeAttribution,
  SanityCheck,
  SimilarityMap,
} from '../src-preload/contract/explanations.ts'
export type { CineQuality, SimilarityMapQuality } from '../src-preload/contract/manifest-cine.ts'
export type { MadeReport, ReportChoices } from '../src-preload/contract/reports.ts'
export type { ExportKind } from '../src-preload/contract/constants.ts'
export type { AccessState, PersonEntry, Role } from '../src-preload/contract/access.ts'
export type { EcgSummary, FilePatient, LeadName, ScreenedWindow } from '../src-preload/contract/ecg.ts'
export type { MeasuredEcg } from '../src-preload/contract/measurements.ts'
export type {
  DiseaseResult,
  PhenotypeResult,
  Provider,
  ProviderChoice,
  Sampler,
  ScreeningResult,
  SubtypeResult,
} from '../src-preload/contract/screening.ts'
export type { OperatingPoint, SettingsPatch, SitePrevalence, SiteSettings } from '../src-preload/contract/settings.ts'
export type {
  Delimiter,
  FileAnswer,
  FileExamination,
  ReadingAnswer,
  TriedReading,
  VoltageUnit,
} from '../src-preload/contract/reading.ts'
export type { EcgMeasurements, Measure, Measured } from '../src-preload/contract/measurements.ts'
export type { LeadQuality, LeadReason, SignalQuality, Verdict } from '../src-preload/contract/quality.ts'
export { formatName } from '../src-preload/contract/provenance/format-names.ts'
export { translateSource, translateUnits } from '../src-preload/contract/provenance/words.ts'
export { correctionOf, type Interchange } from '../src-preload/contract/placement.ts'
export {
  ASKABLE_CODES,
  BACKUP_SCHEDULES,
  BATCH_ASSIGNMENTS,
  BATCH_OUTCOMES,
  BATCH_SOURCES,
  CONVENTION_CODES,
  DEFAULT_SPREAD_SEEDS,
  EARLIEST_BIRTH_DATE,
  FINDINGS,
  GENERATED_MARK,
  LEAD_NAMES,
  MAX_DROP_FILES,
  MAX_FILE_BYTES,
  MAX_SPREAD_SEEDS,
  MAX_IDLE_MINUTES,
  MAX_LOGIN_NAME,
  MAX_PASSWORD_LENGTH,
  MIN_IDLE_MINUTES,
  MIN_PASSWORD_LENGTH,
  NO_LEAD,
  OPERATING_POINTS,
  PAPER_GAINS_MM_PER_MV,
  PAPER_SPEEDS_MM_PER_S,
  PATIENT_LIMITS,
  REPORT_PAPERS,
  ROLES,
  WHOLE_TRAIL,
} from '../src-preload/contract/constants.ts'
export { AppError } from '../src-preload/contract/errors.ts'
export { isoDateOf } from '../src-preload/contract/iso-date.ts'
export type {
  AllocationPreview,
  MyStudy,
  ReadingStep,
  SelfAudit,
  StudyAnswers,
  StudyBoard,
  StudyDraft,
  StudySummary,
} from '../src-preload/contract/study.ts'
export type {
  DescribedDisease,
  DescribedOperatingPoint,
  DescribedPhenotype,
} from '../src-preload/contract/described-outputs.ts'
export type { Amendment, ProtocolVersion } from '../src-preload/contract/study-amendments.ts'
export type {
  CaseCandidate,
  CaseProblem,
  CaseFilter,
  CasePreview,
  CaseTableReport,
  ChosenCase,
} from '../src-preload/contract/study-cases.ts'
export type { CodedSentence } from '../src-preload/contract/coded-sentence.ts'
export type { PictureProbe } from '../src-preload/contract/picture-probes.ts'
export type { MergedAnswers, TakenPackage } from '../src-preload/contract/study-packages.ts'
export type { ReportBlock, ReportChart, ReportSeries, StudyReport } from '../src-preload/contract/study-report.ts'
export type { Arm, Question, Stage, StudyProtocol } from '../src-preload/contract/study-protocol.ts'
