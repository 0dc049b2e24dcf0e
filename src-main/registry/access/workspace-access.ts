import { join } from 'node:path'
import type { AccessState, Role } from '../../../src-preload/contract/access.ts'
import { DEFAULT_IDLE_MINUTES } from '../../../src-preload/contract/constants.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { markRegistry } from '../../app/workspace.ts'
import { createSigningKey } from '../audit/signing-key.ts'
import { newIdentifier, systemEnvironment, type RegistryEnvironment } from '../environment.ts'
import { KEY_BYTES } from '../keys.ts'
import { APPLICATION, type Actor, type Registry } from '../registry.ts'
import { withStorageErrors } from '../storage-errors.ts'
import { addPerson, comparableName, getPerson, listPeople, type Person } from '../tables/people.ts'
import { readSiteSettings } from '../tables/site-settings.ts'
import type { AccessOptions, NewAdministrator } from './access-options.ts'
import { AccessStore } from './access-store.ts'
import { KeyCabinet } from './key-cabinet.ts'
import { PRESENT_PARAMETERS, type StretchParameters } from './password-key.ts'
import { newRecoveryCode } from './recovery-code.ts'
import { RegistryHandle } from './registry-handle.ts'
import { absent, isDemonstration, markDemonstration, toSignedIn } from './access-answers.ts'
import { ownPlace, viewingPlace, type RegistryPlace } from './registry-place.ts'

export const REGISTRY_FOLDER = 'registry'

/**
 * Who may open the registry of a workspace, and who has. The data key is in memory only while somebody is signed in:
 * lock and sign-out close the registry's handle and overwrite the key, unless unattended work still holds it open.
 */
export class WorkspaceAccess {
  /** Of the database and the wrapped keys: in the workspace, or a copy for looking. */
  readonly directory: string
  /** The disk can only be read. */
  readonly viewOnly: boolean
  readonly environment: RegistryEnvironment
  readonly #workspace: string
  readonly #parameters: StretchParameters
  readonly #place: RegistryPlace
  readonly #handle: RegistryHandle
  readonly #listeners = new Set<(state: AccessState) => void>()
  #cabinet: KeyCabinet | null = null
  #person: Person | null = null
  #lockedPerson: Person | null = null
  #idleMinutes = DEFAULT_IDLE_MINUTES

  private constructor(options: AccessOptions, place: RegistryPlace) {
    this.#workspace = options.workspace
    this.#place = place
    this.directory = place.directory
    this.viewOnly = place.viewOnly
    this.environment = options.environment ?? systemEnvironment
    this.#parameters = options.parameters ?? PRESENT_PARAMETERS
    this.#handle = new RegistryHandle(place, this.environment)
  }

  /**
   * Takes hold of a workspace's registry, where it has one; from here on no other process may. On a disk that can only
   * be read it is opened for looking.
   *
   * @throws AppError `registry/in-use`, `registry/read-only` where not even that is possible
   */
  static open(options: AccessOptions): WorkspaceAccess {
    const directory = join(options.workspace, REGISTRY_FOLDER)
    const access = new WorkspaceAccess(options, ownPlace(directory))
    if (options.workspace === '' || !AccessStore.exists(directory)) return access
    try {
      return access.#takeHold()
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'registry/read-only') throw error
      return new WorkspaceAccess(options, viewingPlace(directory)).#takeHold()
    }
  }

  #takeHold(): this {
    this.#cabinet = this.#openCabinet()
    if (!this.#cabinet.inUse) this.#forgetCabinet()
    return this
  }

  describe(): AccessState {
    const db = this.#handle.registry?.db
    return {
      state: this.#cabinet === null ? 'absent' : this.#person === null ? 'locked' : 'open',
      person: this.#person && toSignedIn(this.#person),
      lockedPerson: this.#lockedPerson && toSignedIn(this.#lockedPerson),
      idleLockMinutes: this.#idleMinutes,
      viewOnly: this.viewOnly,
      demonstration: this.#person !== null && db !== undefined && isDemonstration(db),
    }
  }

  /** Called whenever `describe` may say something else. @returns how to stop it */
  onChange(listener: (state: AccessState) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** The open registry. @throws AppError `registry/absent`, `access/locked` */
  registry(): Registry {
    this.person()
    return this.#handle.registry!
  }

  /** Who is signed in, as changes name it. @throws AppError `registry/absent`, `access/locked` */
  actor(): Actor & { readonly id: string } {
    const { id, displayName } = this.person()
    return { id, name: displayName }
  }

  /** @throws AppError `registry/absent`, `access/locked` */
  person(): Person {
    this.cabinet()
    if (this.#person === null) throw new AppError('access/locked', 'Sign in to go on.')
    return this.#person
  }

  /** Whether the person who is signed in holds one of `roles`. */
  holdsOne(roles: readonly Role[]): boolean {
    return this.#person?.roles.some((role) => roles.includes(role)) ?? false
  }

  /** Whether a backup, a batch or an export is under way. */
  get isHeld(): boolean {
    return this.#handle.isHeld
  }

  /**
   * Keeps the registry open for unattended work (a batch, a backup) although the window locks meanwhile. The window
   * itself gets nothing while it is locked.
   */
  holdOpen(): { registry: Registry; release(): void } {
    const registry = this.registry()
    return { registry, release: this.#handle.hold() }
  }

  /**
   * First start: makes the registry, its data key and its administrator, who is signed in.
   *
   * @returns the recovery code, which is stored nowhere
   * @throws AppError `registry/exists`, `registry/…`
   */
  async create(
    administrator: NewAdministrator,
    options: { roles?: readonly Role[]; demonstration?: boolean } = {},
  ): Promise<{ recoveryCode: string }> {
    if (this.#workspace === '') throw absent()
    if (this.#cabinet !== null) {
      throw new AppError('registry/exists', 'This workspace has a registry already. Sign in to it.')
    }
    withStorageErrors(() => markRegistry(this.#workspace))
    const cabinet = this.#openCabinet()
    const recoveryCode = newRecoveryCode(this.environment)
    try {
      const registry = this.#handle.create(this.environment.randomBytes(KEY_BYTES))
      const id = newIdentifier(this.environment)
      registry.change(APPLICATION, (change) => {
        change.audit({ action: 'registry:create', kind: 'registry', id: null })
        createSigningKey(change)
        if (options.demonstration) markDemonstration(change.db)
        addPerson(change, { ...administrator, id, roles: options.roles ?? ['administrator'] })
      })
      // Cut off in between, the password opens.
      await cabinet.keepForPerson(this.#handle.dataKey, id, administrator.loginName, administrator.password)
      await cabinet.keepForCode(this.#handle.dataKey, recoveryCode)
      this.#cabinet = cabinet
      this.#enter(getPerson(registry.db, id))
    } catch (error) {
      this.#handle.close()
      cabinet.close()
      this.#cabinet = null
      throw error
    }
    return { recoveryCode }
  }

  /** @throws AppError `access/refused`, `access/wait`, `registry/absent`, `registry/…` */
  async signIn(loginName: string, password: string): Promise<void> {
    const cabinet = this.cabinet()
    const person = this.#openFor(await cabinet.openByPassword(loginName, password), loginName)
    await cabinet.renew(this.#handle.dataKey, person.id, loginName, password)
    this.#enter(person)
  }

  /** The password again, to sign or to change something grave. @throws AppError `access/refused`, `access/wait` */
  async confirmPassword(password: string): Promise<void> {
    const { loginName } = this.person()
    const key = await this.cabinet().openByPassword(loginName, password)
    key.fill(0)
  }

  /**
   * Sets a new password for a person by the printed code, and replaces the code.
   *
   * @throws AppError `access/refused`, `access/wait`
   */
  async recover(recoveryCode: string, loginName: string, newPassword: string): Promise<{ recoveryCode: string }> {
    const cabinet = this.cabinet()
    const person = this.#openFor(await cabinet.openByCode(recoveryCode), loginName)
    this.#handle.registry!.change({ id: person.id, name: person.displayName }, (change) =>
      change.audit({ action: 'session:recover', kind: 'person', id: person.id }),
    )
    const next = newRecoveryCode(this.environment)
    await cabinet.keepForPerson(this.#handle.dataKey, person.id, loginName, newPassword)
    await cabinet.keepForCode(this.#handle.dataKey, next)
    this.#enter(person)
    return { recoveryCode: next }
  }

  lock(): void {
    if (this.#person === null) return
    this.#end('session:lock', this.#person)
  }

  signOut(): void {
    this.#end('session:sign-out', null)
  }

  /** Goes by what the site's settings say now. */
  refreshSettings(): void {
    this.#idleMinutes = readSiteSettings(this.registry().db).idleLockMinutes
    this.#tell()
  }

  /** Brings what is held of the signed-in person to what the registry says now. */
  refreshPerson(): void {
    const { id } = this.person()
    const person = getPerson(this.registry().db, id)
    if (person.revokedMs !== null) return this.signOut()
    this.#person = person
    this.#tell()
  }

  /** The wrapped keys. @throws AppError `registry/absent` */
  cabinet(): KeyCabinet {
    if (this.#cabinet === null) throw absent()
    return this.#cabinet
  }

  /** For wrapping it again and for work that opens the files itself; never kept. @throws AppError `access/locked` */
  dataKey(): Buffer {
    return this.#handle.dataKey
  }

  close(): void {
    this.signOut()
    this.#handle.close()
    this.#forgetCabinet()
    this.#place.leave()
    this.#listeners.clear()
  }

  #openCabinet(): KeyCabinet {
    return new KeyCabinet(this.directory, this.environment, this.#parameters)
  }

  #forgetCabinet(): void {
    this.#cabinet?.close()
    this.#cabinet = null
  }

  /** @throws AppError `access/refused` for a person without access, as if the password had been wrong */
  #openFor(dataKey: Buffer, loginName: string): Person {
    const registry = this.#handle.open(dataKey, () => this.cabinet().recoveryWrap())
    const name = comparableName(loginName)
    const person = listPeople(registry.db).find((one) => one.loginName === name && one.revokedMs === null)
    if (person) return person
    if (this.#person === null) this.#handle.attend(false)
    throw new AppError('access/refused', 'Name and password do not belong together. Check both and try again.')
  }

  #enter(person: Person): void {
    const cabinet = this.cabinet()
    const registry = this.#handle.registry!
    // Before the first entry of this session, the trail is compared with the head that was written last.
    this.#handle.attend(true)
    cabinet.takeFailures((failures) =>
      registry.change({ id: person.id, name: person.displayName }, (change) => {
        if (failures) change.audit({ action: 'session:failed-sign-ins', kind: 'registry', id: null, after: failures })
        change.audit({ action: 'session:sign-in', kind: 'person', id: person.id })
      }),
    )
    // A kill between the row of a revocation and the removal of its wrap.
    for (const { id, revokedMs } of listPeople(registry.db)) if (revokedMs !== null) cabinet.remove(id)
    this.#idleMinutes = readSiteSettings(registry.db).idleLockMinutes
    this.#person = person
    this.#lockedPerson = null
    this.#tell()
  }

  #end(action: string, lockedPerson: Person | null): void {
    if (this.#person !== null) this.#noteEnd(action)
    this.#person = null
    this.#lockedPerson = lockedPerson
    this.#handle.attend(false)
    this.#tell()
  }

  /** A full disk must not keep a window from locking; the entry is lost then, the lock is not. */
  #noteEnd(action: string): void {
    try {
      const { id } = this.person()
      this.registry().change(this.actor(), (change) => change.audit({ action, kind: 'person', id }))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
  }

  #tell(): void {
    const state = this.describe()
    for (const listener of this.#listeners) listener(state)
  }
}
