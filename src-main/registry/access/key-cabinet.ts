import { AppError } from '../../../src-preload/contract/errors.ts'
import type { RegistryEnvironment } from '../environment.ts'
import { comparableName } from '../tables/people.ts'
import { AccessStore, type KeyWrap } from './access-store.ts'
import { GuessLimit } from './guess-limit.ts'
import { decoyWrap, hashName, RECOVERY_OWNER, unwrapDataKey, workspaceSalt, wrapDataKey } from './key-wraps.ts'
import { isOutdated, type StretchParameters } from './password-key.ts'
import { readRecoveryCode } from './recovery-code.ts'

/** The wrapped data keys of one workspace, and the limit on guessing what opens them. */
export class KeyCabinet {
  readonly #store: AccessStore
  readonly #environment: RegistryEnvironment
  readonly #parameters: StretchParameters
  readonly #limit: GuessLimit

  /** @throws AppError `registry/in-use`, `registry/read-only`, `registry/damaged` */
  constructor(directory: string, environment: RegistryEnvironment, parameters: StretchParameters) {
    this.#store = AccessStore.open(directory)
    this.#environment = environment
    this.#parameters = parameters
    this.#limit = new GuessLimit(environment)
  }

  /** False after a first start that was cut off: there is no key that anybody could have used. */
  get inUse(): boolean {
    return this.#store.allWraps().length > 0
  }

  /**
   * The data key by name and password. Unknown name and wrong password cost the same and answer the same.
   *
   * @throws AppError `access/refused`, `access/wait`
   */
  async openByPassword(loginName: string, password: string): Promise<Buffer> {
    const nameHash = this.#hash(loginName)
    return this.#limit.attempt(this.#store, nameHash, () => {
      const salt = workspaceSalt(this.#store, this.#environment)
      const decoy = decoyWrap(nameHash, salt, this.#store.allWraps(), this.#parameters)
      return unwrapDataKey(this.#store.wrapOf({ nameHash }) ?? decoy, password)
    })
  }

  /** The data key by the printed code. @throws AppError `access/refused`, `access/wait` */
  async openByCode(recoveryCode: string): Promise<Buffer> {
    return this.#limit.attempt(this.#store, RECOVERY_OWNER, async () => {
      const wrap = this.#store.wrapOf({ owner: RECOVERY_OWNER })
      return wrap && unwrapDataKey(wrap, readRecoveryCode(recoveryCode))
    })
  }

  async keepForPerson(dataKey: Buffer, personId: string, loginName: string, password: string): Promise<void> {
    await this.#keep(dataKey, password, { owner: personId, nameHash: this.#hash(loginName) })
  }

  async keepForCode(dataKey: Buffer, recoveryCode: string): Promise<void> {
    await this.#keep(dataKey, readRecoveryCode(recoveryCode), { owner: RECOVERY_OWNER, nameHash: null })
  }

  /** Stretches the password anew where the stored parameters are no longer those in use. */
  async renew(dataKey: Buffer, personId: string, loginName: string, password: string): Promise<void> {
    const wrap = this.#store.wrapOf({ owner: personId })
    if (wrap && isOutdated(wrap.parameters, this.#parameters)) {
      await this.keepForPerson(dataKey, personId, loginName, password)
    }
  }

  /** Puts a wrap there that was made elsewhere: the recovery code's, out of a backup. */
  keepWrap(wrap: KeyWrap): void {
    this.#store.putWrap(wrap)
  }

  remove(personId: string): void {
    this.#store.removeWrap(personId)
  }

  /** The wrap that backups carry: a backup opens by the printed code, never by guessing somebody's password. */
  recoveryWrap(): KeyWrap {
    const wrap = this.#store.wrapOf({ owner: RECOVERY_OWNER })
    if (wrap) return wrap
    throw new AppError('access/no-recovery-code', 'This workspace has no recovery code. Print a new one.')
  }

  /** Wrong passwords since somebody last signed in, handed over once. */
  takeFailures<T>(use: (failures: { count: number; firstMs: number; lastMs: number } | null) => T): T {
    const failures = this.#store.notedFailures()
    const used = use(failures)
    if (failures) this.#store.forgetNotedFailures()
    return used
  }

  close(): void {
    this.#store.close()
  }

  async #keep(dataKey: Buffer, secret: string, whose: { owner: string; nameHash: string | null }): Promise<void> {
    this.#store.putWrap(await wrapDataKey(dataKey, secret, whose, this.#environment, this.#parameters))
  }

  #hash(loginName: string): string {
    return hashName(this.#store, comparableName(loginName), this.#environment)
  }
}
