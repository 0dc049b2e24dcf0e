import { randomUUID } from 'node:crypto'
import type { CineStackId, RealCine } from '../../../src-preload/contract/cmr.ts'
import { AppError, type CineId, type MarkedCine, type RecordingId } from '../../../src-preload/contract/index.ts'
import type { CineStack } from '../../cmr/cine.ts'

/** Generated values of 1.8 MB each: the newest can be shown again and compared. Two sets of eight seeds, and some more. */
const KEPT_GENERATED = 24

/** A generated cine before the mark is burned in, and what the window is told of it. */
export interface GeneratedCine {
  /** [50, 96, 96] in [0, 1] */
  values: Float32Array
  facts: Omit<MarkedCine, 'frames' | 'width' | 'height' | 'pixels' | 'phases'>
}

/** A real cine at a recording, with the values that are compared. */
export interface AttachedCine {
  shown: RealCine
  /** [50, 96, 96] in [0, 1] */
  prepared: Float32Array
}

/** Real and generated cines of this session, in memory. */
export class SessionCines {
  #pending = new Map<CineStackId, CineStack>()
  readonly #attached = new Map<RecordingId, AttachedCine>()
  readonly #generated = new Map<CineId, GeneratedCine>()

  /** Replaces what was read before and never attached. @returns the ids in the order of `stacks` */
  offer(stacks: readonly CineStack[]): CineStackId[] {
    const entries = stacks.map((stack) => [randomUUID() as CineStackId, stack] as const)
    this.#pending = new Map(entries)
    return entries.map(([id]) => id)
  }

  /** @throws AppError `cmr/unknown-cine` */
  pending(id: CineStackId): CineStack {
    const stack = this.#pending.get(id)
    if (!stack) throw new AppError('cmr/unknown-cine', 'This cine is no longer open. Choose its files again.')
    return stack
  }

  attach(recordingId: RecordingId, cine: AttachedCine): void {
    this.#attached.set(recordingId, cine)
    this.#pending.clear()
  }

  attached(recordingId: RecordingId): AttachedCine | undefined {
    return this.#attached.get(recordingId)
  }

  detach(recordingId: RecordingId): void {
    this.#attached.delete(recordingId)
  }

  /** The values never leave main. */
  keepGenerated(cine: GeneratedCine): void {
    this.#generated.set(cine.facts.id, cine)
    for (const oldest of [...this.#generated.keys()].slice(0, -KEPT_GENERATED)) this.#generated.delete(oldest)
  }

  /** @throws AppError `cmr/unknown-generated` */
  generated(id: CineId): GeneratedCine {
    const cine = this.#generated.get(id)
    if (!cine)
      throw new AppError('cmr/unknown-generated', 'The generated cine is no longer in memory. Generate it again.')
    return cine
  }

  /** Nothing of a patient stays in memory behind a lock. */
  clear(): void {
    this.#pending.clear()
    this.#attached.clear()
    this.#generated.clear()
  }
}
