import { join } from 'node:path'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { keepHead } from '../audit/head-files.ts'
import type { RegistryEnvironment } from '../environment.ts'
import { backUpBeforeMigration } from '../backup/before-migration.ts'
import { DEFAULT_BACKUP_FOLDER } from '../backup/manifest.ts'
import { schemaVersion } from '../migrate.ts'
import { APPLICATION, Registry } from '../registry.ts'
import { withStorageErrors } from '../storage-errors.ts'
import type { KeyWrap } from './access-store.ts'
import { setAside } from './cut-off-start.ts'
import type { RegistryPlace } from './registry-place.ts'

/** The registry while it is open, with the data key that opened it. Closing overwrites the key. */
export class RegistryHandle {
  readonly #place: RegistryPlace
  readonly #environment: RegistryEnvironment
  #open: { registry: Registry; dataKey: Buffer; finishHead: (() => void) | null } | null = null
  #holders = 0
  /** Whether somebody is signed in; without, only holders keep the registry open. */
  #attended = false

  constructor(place: RegistryPlace, environment: RegistryEnvironment) {
    this.#place = place
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

  /** Whether unattended work holds the registry open at this moment. */
  get isHeld(): boolean {
    return this.#holders > 0
  }

  /**
   * Makes the registry of a new workspace, where nobody has a key; takes the key over. What a first start that was cut
   * off left is set aside.
   *
   * @throws AppError `registry/…`
   */
  create(dataKey: Buffer): Registry {
    withStorageErrors(() => setAside(this.#place.directory, this.#environment.now().utcMs))
    return this.#keep(dataKey, false)
  }

  /**
   * Opens the registry, or leaves it open; takes the key over. What a new version is about to change is backed up first.
   *
   * @param recoveryWrap  under which that backup can be opened
   * @throws AppError `registry/…`, `backup/…`
   */
  open(dataKey: Buffer, recoveryWrap: () => KeyWrap): Registry {
    if (this.#open !== null) {
      dataKey.fill(0)
      return this.#open.registry
    }
    if (this.#place.viewOnly) return this.#keep(dataKey, true)
    const { directory } = this.#place
    const folder = join(directory, '..', DEFAULT_BACKUP_FOLDER)
    const now = this.#environment.now()
    const from = backUpBeforeMigration({ registryDirectory: directory, dataKey, folder, now }, recoveryWrap)
    const registry = this.#keep(dataKey, true)
    if (from !== null) {
      const after = { schema: schemaVersion(registry.db) }
      registry.change(APPLICATION, (change) =>
        change.audit({ action: 'registry:migrate', kind: 'registry', id: null, before: { schema: from }, after }),
      )
    }
    return registry
  }

  #keep(dataKey: Buffer, mustExist: boolean): Registry {
    const { directory, blobs: blobDirectory, viewOnly } = this.#place
    const environment = this.#environment
    const registry = Registry.open({ directory, blobDirectory, viewOnly, environment, dataKey, mustExist })
    this.#open = { registry, dataKey, finishHead: null }
    return registry
  }

  /** Somebody is signed in, or no longer is. */
  attend(attended: boolean): void {
    this.#attended = attended
    if (attended && this.#open && !this.#place.viewOnly) this.#open.finishHead ??= keepHead(this.#open.registry)
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
