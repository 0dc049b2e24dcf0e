import {
  GENERATED_MARK,
  type PackIdentity,
  type Provider,
  type Sampler,
} from '../../../src-preload/contract/screening.ts'

/** What is known of a generated cine; written beside `*.ai-generated.npy`, which can carry no mark itself. */
export interface CineSidecar {
  statement: typeof GENERATED_MARK
  /** SHA-256 of the ECG file. */
  inputSha256: string
  pack: PackIdentity
  seed: number
  sampler: Sampler
  provider: Provider
  frames: 50
  size: [96, 96]
  pixelSpacingMm: number
  /** One cardiac cycle, from the ECG's R–R interval. */
  cycleMs: number
}

export function cineSidecar(facts: Omit<CineSidecar, 'statement' | 'frames' | 'size'>): CineSidecar {
  return { statement: GENERATED_MARK, frames: 50, size: [96, 96], ...facts }
}
