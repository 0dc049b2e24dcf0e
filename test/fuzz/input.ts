import type { GivenAnswer } from '../../src-main/ecg/recording.ts'
import type { FuzzRandom } from './random.ts'

/** A file and those that belong to it. */
export interface FuzzInput {
  main: Uint8Array
  companions: Readonly<Record<string, Uint8Array>>
  /** What a user says about the file. */
  answer?: GivenAnswer
}

/** Another input made of one; `others` are further ones to take parts from. */
export type Mutate = (input: Uint8Array, random: FuzzRandom, others: readonly Uint8Array[]) => Uint8Array
