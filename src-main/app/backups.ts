import { existsSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { BackupEntry, BackupState } from '../../src-preload/contract/backup.ts'
import { AppError } from '../../src-preload/contract/errors.ts'
import type { WorkspaceAccess } from '../registry/access/workspace-access.ts'
import type { TellProgress } from '../registry/backup/make-backup.ts'
import { listBackups, type Backup } from '../registry/backup/manifest.ts'
import { backupsToKeep } from '../registry/backup/retention.ts'
import { backupFolder, isBackupDue, runBackup } from '../registry/backup/run-backup.ts'
import { DATABASE_FILE } from '../registry/open-for-reading.ts'
import { readSetting, writeSetting } from '../registry/tables/settings.ts'
import { runInWorker } from '../registry/worker/run-in-worker.ts'

/** When backups were read back by hand: milliseconds UTC by the name of the folder. */
const PROOFS_SETTING = 'backup-proofs'
type Proofs = Record<string, number>

/** The backups of a workspace: one is made or read back at a time, by whoever asked first. */
export class Backups {
  readonly #access: WorkspaceAccess
  readonly #log: (line: string) => void
  #running: BackupState['running'] = null
  #lastFailure: BackupState['lastFailure'] = null

  constructor(access: WorkspaceAccess, log: (line: string) => void) {
    this.#access = access
    this.#log = log
  }

  get running(): BackupState['running'] {
    return this.#running
  }

  describe(): BackupState {
    const folder = backupFolder(this.#access)
    const found = listBackups(folder)
    const kept = backupsToKeep(found.map(({ manifest }) => manifest.madeAt))
    const proofs = readSetting<Proofs>(this.#access.registry().db, PROOFS_SETTING) ?? {}
    return {
      folder,
      backups: found.map((backup) => toEntry(backup, kept.get(backup.manifest.madeAt) ?? [], proofs)),
      due: isBackupDue(this.#access),
      running: this.#running,
      lastFailure: this.#lastFailure,
    }
  }

  /** @throws AppError `backup/running`, `backup/…`, `registry/disk-full`, `registry/read-only` */
  async make(tell?: TellProgress): Promise<void> {
    await this.#alone('make', () => runBackup(this.#access, tell))
    this.#lastFailure = null
  }

  /** What nobody asked for fails in silence: the window and the log say why. */
  async makeUnasked(): Promise<void> {
    try {
      await this.make()
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'backup/failed'
      this.#lastFailure = { at: new Date(this.#access.environment.now().utcMs).toISOString(), code }
      this.#log(`backup: ${code}`)
    }
  }

  /** @throws AppError `backup/running`, `backup/not-a-backup`, `backup/not-sound`, `registry/damaged`, … */
  async prove(name: string, tell?: TellProgress): Promise<void> {
    const backup = join(backupFolder(this.#access), name)
    const by = this.#access.actor()
    const { registry, release } = this.#access.holdOpen()
    try {
      const order = { task: 'prove-backup', backup, dataKey: this.#access.dataKey() } as const
      const { entries } = await this.#alone('prove', () => runInWorker(order, tell))
      registry.change(by, (change) => {
        const proofs = readSetting<Proofs>(change.db, PROOFS_SETTING) ?? {}
        const there = Object.entries(proofs).filter(([known]) => existsSync(join(backup, '..', known)))
        writeSetting(change.db, PROOFS_SETTING, { ...Object.fromEntries(there), [name]: change.at.utcMs })
        change.audit({ action: 'backup:prove', kind: 'registry', id: null, after: { backup: name, entries } })
      })
    } finally {
      release()
    }
  }

  async #alone<T>(what: 'make' | 'prove', work: () => Promise<T>): Promise<T> {
    if (this.#running !== null) {
      throw new AppError('backup/running', 'A backup is being made or checked at the moment. Wait until it is done.')
    }
    this.#running = what
    try {
      return await work()
    } finally {
      this.#running = null
    }
  }
}

function toEntry({ directory, manifest }: Backup, keptFor: BackupEntry['keptFor'], proofs: Proofs): BackupEntry {
  const name = basename(directory)
  const provedMs = Math.max(proofs[name] ?? 0, Date.parse(manifest.madeAt))
  const copy = statSync(join(directory, DATABASE_FILE), { throwIfNoEntry: false })
  return {
    name,
    madeAt: manifest.madeAt,
    provedAt: new Date(provedMs).toISOString(),
    entries: manifest.head.entries,
    files: manifest.blobs.length,
    bytes: manifest.blobs.reduce((sum, [, bytes]) => sum + bytes, copy?.size ?? 0),
    keptFor,
  }
}
