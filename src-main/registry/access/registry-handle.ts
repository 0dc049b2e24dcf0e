import { AppError } from '../../../src-preload/contract/errors.ts'
import { keepHead } from '../audit/head-files.ts'
import type { RegistryEnvironment } from '../environment.ts'
import { Registry } from '../registry.ts'

/** The registry while it is open, with the data key that opened it. Closing overwrites the key. */
export class RegistryHandle {
  readonly #directory: string
  readonly #environment: RegistryEnvironment
  #open: { registry: Registry; dataKey: Buffer; finishHead: (() => void) | null } | null = null
  #holders = 0
  /** Whether somebody is signed in; without, only holders keep the registry open. */
  #attended = false

  constructor(directory: string, environment: RegistryEnvironment) {
    this.#directory = directory
    this.#environment = environment
  }

  get registry(): Registry | null {
    return this.#open?.registry ?? null
  }

  /** @throws AppError `access/locked` */
  get dataKey(): Buffer {
    if (this.#open === null) throw new AppError('access/locked', 'Sign in to go on.')
    return this.#open.dataKey
  }

  /** Opens the registry, or leaves it open; takes the key over. @throws AppError `registry/…` */
  open(dataKey: Buffer, mustExist = true): Registry {
    if (this.#open !== null) {
      dataKey.fill(0)
      return this.#open.registry
    }
    const registry = Registry.open({ directory: this.#directory, environment: this.#environment, dataKey, mustExist })
    this.#open = { registry, dataKey, finishHead: null }
    return registry
  }

  /** Somebody is signed in, or no longer is. */
  attend(attended: boolean): void {
    this.#attended = attended
    if (attended && this.#open) this.#open.finishHead ??= keepHead(this.#open.registry)
    this.#closeIfUnused()
  }

  /** @returns how to let go */
  hold(): () => void {
    this.#holders += 1
    let held = true
    return () => {
      if (!held) return
      held = false
      this.#holders -= 1
      this.#closeIfUnused()
    }
  }

  /** Whoever still holds the registry loses it. */
  close(): void {
    this.#open?.finishHead?.()
    this.#open?.registry.close()
    this.#open?.dataKey.fill(0)
    this.#open = null
  }

  #closeIfUnused(): void {
    if (!this.#attended && this.#holders === 0) this.close()
  }
}
