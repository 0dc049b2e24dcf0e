import { randomUUID } from 'node:crypto'
import type { CineStackId } from '../../../src-preload/contract/cmr.ts'
import { AppError, type CineId, type MarkedCine } from '../../../src-preload/contract/index.ts'
import type { CineStack } from '../../cmr/cine.ts'

/** Generated values of 1.8 MB each: the newest can be shown again and compared. Two sets of eight seeds, and some more. */
const KEPT_GENERATED = 24

/** A generated cine before the mark is burned in, and what the window is told of it. */
export interface GeneratedCine {
  /** [50, 96, 96] in [0, 1] */
  values: Float32Array
  facts: Omit<MarkedCine, 'frames' | 'width' | 'height' | 'pixels' | 'phases'>
}

/** Generated cines of this session, and the real ones that wait for a place; in memory. */
export class SessionCines {
  #pending = new Map<CineStackId, CineStack>()
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

  /** One of them has been attached: the files of the choice are needed no more. */
  forgetPending(): void {
    this.#pending.clear()
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
    this.#generated.clear()
  }
}
