/** Every channel between window and main: input, output, events. Types are inferred from this table, nowhere else. */
import { z } from 'zod'
import { float32 } from './bytes.ts'
import { MAX_DROP_FILES, MAX_FILE_BYTES } from './constants.ts'
import { accessContract, AccessState } from './access.ts'
import { auditContract } from './audit.ts'
import { backupContract, BackupProgress } from './backup.ts'
import { cineChannels, cineEvents } from './cine.ts'
import { batchContract, BatchProgress } from './batch.ts'
import { cmrChannels } from './cmr.ts'
import { DescribedDisease, DescribedPhenotype, PackRules } from './described-outputs.ts'
import type { Reply } from './errors.ts'
import { exchangeContract, exchangeEvents } from './exchange.ts'
import { explanationChannels, explanationEvents } from './explanations.ts'
import { MeasuredEcg } from './measurements.ts'
import { FileAnswer, HandedFiles, readingChannels } from './reading.ts'
import { studyCaseEvents } from './study-cases.ts'
import { supportContract } from './support.ts'
import { studyContract } from './study.ts'
import { LeadName, ScreenedWindow, Warning } from './ecg.ts'
import { ErrorShape } from './error-shape.ts'
import { filesContract } from './files.ts'
import { RecordingId } from './ids.ts'
import { patientContract } from './patients.ts'
import { CineQuality, SimilarityMapQuality } from './manifest-cine.ts'
import { PackIdentity, Provider, ProviderChoice, Sampler } from './screening.ts'
import { reportContract } from './reports.ts'
import { sessionContract } from './session.ts'
import { settingsContract } from './settings.ts'
import { siteKeyContract } from './site-keys.ts'
import { ImportOutcome, RecordingEntry, worklistContract } from './worklist.ts'

export { MAX_DROP_FILES, MAX_FILE_BYTES }

const bilingual = z.strictObject({ en: z.string(), zh: z.string() })

export const AppDescription = z.strictObject({
  version: z.string(),
  entry: z.enum(['desktop', 'browser']),
  workspace: z.string(),
  pack: PackIdentity.extend({
    statement: bilingual,
    trainingData: bilingual,
    intendedUse: bilingual,
    keyId: z.string(),
    developmentKey: z.boolean(),
    createdAt: z.string(),
    rules: PackRules,
    diseases: z.array(DescribedDisease),
    subtypes: z.array(z.strictObject({ id: z.string(), name: bilingual, auc: z.number().optional() })),
    phenotypes: z.array(DescribedPhenotype),
    samplers: z.array(Sampler),
    defaultSampler: Sampler,
    /** How good its generated cines and similarity maps were on held-out subjects, where it says so. */
    cineQuality: CineQuality.optional(),
    similarityMapQuality: SimilarityMapQuality.optional(),
    /** Phenotypes along which a cine can be moved, and what was read off cines made so. */
    slides: z.array(z.strictObject({ phenotype: z.string(), steps: z.array(z.number()), read: z.array(z.number()) })),
  }).nullable(),
  /** Why there is no usable pack, where `pack` is null. */
  packError: ErrorShape.nullable(),
})
export type AppDescription = z.infer<typeof AppDescription>

export const Waveform = z.strictObject({
  rateHz: z.number().positive(),
  window: ScreenedWindow.nullable(),
  /** All of the file's standard leads (and derived ones), in canonical order, in mV. */
  leads: z.array(z.strictObject({ name: LeadName, derived: z.boolean(), samplesMv: float32(20_000_000) })),
})
export type Waveform = z.infer<typeof Waveform>

export const ProviderReport = z.strictObject({
  provider: Provider,
  available: z.boolean(),
  /** Parity with the pack's golden outputs on this computer; null where it was not run. */
  parity: z.strictObject({ ok: z.boolean(), maxAbsoluteError: z.number() }).nullable(),
  screeningMs: z.number().nullable(),
  message: z.string(),
})
export type ProviderReport = z.infer<typeof ProviderReport>

export const contract = {
  ...accessContract,
  ...settingsContract,
  ...siteKeyContract,
  ...backupContract,
  ...auditContract,
  ...filesContract,
  ...supportContract,
  ...studyContract,
  ...readingChannels,
  ...cmrChannels,
  ...cineChannels,
  ...explanationChannels,
  ...sessionContract,
  ...patientContract,
  ...worklistContract,
  ...reportContract,
  ...exchangeContract,
  ...batchContract,
  'app:describe': { input: z.void(), output: AppDescription },
  /** All files of one drop or one choice; companions are looked up among them by name. */
  'ecg:import-files': {
    input: z.strictObject({ files: HandedFiles, answers: z.array(FileAnswer).max(MAX_DROP_FILES).default([]) }),
    output: z.array(ImportOutcome),
  },
  'ecg:measure': { input: z.strictObject({ recordingId: RecordingId }), output: MeasuredEcg },
  'ecg:read-waveform': { input: z.strictObject({ recordingId: RecordingId }), output: Waveform },
  /** Adds a screening to the recording; earlier ones stay. */
  'screening:run': { input: z.strictObject({ recordingId: RecordingId }), output: RecordingEntry },
  'models:choose-provider': { input: z.strictObject({ provider: ProviderChoice }), output: z.void() },
  /** The GPU doctor: tries every provider against the pack's golden outputs. */
  'models:examine-providers': { input: z.void(), output: z.array(ProviderReport) },
} as const
export type Contract = typeof contract
export type Channel = keyof Contract
export type Input<C extends Channel> = z.input<Contract[C]['input']>
export type ParsedInput<C extends Channel> = z.output<Contract[C]['input']>
export type Output<C extends Channel> = z.output<Contract[C]['output']>

/** What main tells the window unasked. */
export const events = {
  ...cineEvents,
  ...exchangeEvents,
  ...explanationEvents,
  'access:changed': AccessState,
  'backup:progress': BackupProgress,
  ...studyCaseEvents,
  'batch:progress': BatchProgress,
  'import:progress': z.strictObject({ done: z.int().min(0), of: z.int().positive() }),
} as const
export type Events = typeof events
export type EventName = keyof Events
export type EventPayload<E extends EventName> = z.output<Events[E]>

/** What the preload script and the browser transport offer alike. */
export interface Api {
  call<C extends Channel>(channel: C, input: Input<C>): Promise<Reply<Output<C>>>
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void
}

/** What the preload script puts on `window.api`. */
export interface DesktopApi extends Api {
  /** Where a file that was dropped or chosen lies on this computer; empty where it lies nowhere. */
  pathOf(file: File): string
}

export type { Warning }
export type {
  CineMember,
  CineOrigin,
  CinePhases,
  CineSlide,
  CineSpread,
  MarkedCine,
  MarkedMap,
  MarkedThumbnail,
} from './cine.ts'
export * from './batch.ts'
export * from './errors.ts'
export type { ExchangeConflict, ExchangeState } from './exchange.ts'
export * from './ids.ts'
export * from './patients.ts'
export * from './worklist.ts'
