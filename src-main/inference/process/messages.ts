import type { ErrorReply } from '../../../src-preload/contract/errors.ts'
import type { ModelManifest } from '../../../src-preload/contract/manifest.ts'
import type { ProviderReport } from '../../../src-preload/contract/index.ts'
import type { PackIdentity, Provider, ProviderChoice } from '../../../src-preload/contract/screening.ts'
import type { EncoderInput } from '../../ecg/preprocessing/encoder-input.ts'
import type { ScreeningOutputs } from '../encoder.ts'
import type { OcclusionOutputs, OcclusionRequest } from '../explain/occlude.ts'
import type { Projections, ProjectRequest } from '../explain/project.ts'
import type { GeneratedCines, GenerateRequest } from '../generator/generate.ts'
import type { TrustedKey } from '../pack/keys.ts'

/** What the parent asks of the inference process. The first message is `load` or `examine`. */
export type ToInference =
  | { type: 'load'; packDir: string; trustedKeys: readonly TrustedKey[]; provider: ProviderChoice }
  | { type: 'examine'; packDir: string; trustedKeys: readonly TrustedKey[]; provider: Provider }
  | { type: 'cancel'; id: number }
  | { type: 'close' }
  | ({ id: number } & InferenceRequest)

export type InferenceRequest =
  /** One message per batch, not per recording. */
  | { type: 'screen'; ecgs: readonly EncoderInput[] }
  | ({ type: 'generate' } & GenerateRequest)
  | ({ type: 'occlude' } & OcclusionRequest)
  | ({ type: 'project' } & ProjectRequest)

export type ScreenAnswer = { rows: ScreeningOutputs[]; provider: Provider; ms: number }
export type GenerateAnswer = GeneratedCines & { provider: Provider }
export type OccludeAnswer = OcclusionOutputs & { provider: Provider }
export type ProjectAnswer = Projections & { provider: Provider }

export type FromInference =
  | { type: 'loaded'; manifest: ModelManifest; identity: PackIdentity; key: TrustedKey; runtime: string }
  | { type: 'refused'; error: ErrorReply }
  | { type: 'step'; id: number; step: number; of: number }
  | { type: 'answer'; id: number; answer: ScreenAnswer | GenerateAnswer | OccludeAnswer | ProjectAnswer }
  | { type: 'failed'; id: number; error: ErrorReply }
  /** A GPU failed under this request: start again on the CPU and answer it there. */
  | { type: 'provider-lost'; provider: Provider; reason: string }
  | { type: 'examined'; report: ProviderReport }
  /** Sent between long native calls: the process is working, not stuck. */
  | { type: 'alive' }
  | { type: 'log'; line: string }
