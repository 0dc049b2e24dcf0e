import { AppError } from '../../../src-preload/contract/errors.ts'
import type { WorkspaceAccess } from '../../registry/access/workspace-access.ts'
import { forgetDraft, KEPT_FORMS, readDraft, saveDraft } from '../../registry/tables/form-drafts.ts'

/**
 * Half-typed forms by author, in the encrypted registry: they survive the lock, a crash and a restart. What a page still
 * sends after the lock, or while the disk is full, waits in memory for its author.
 */
export class Drafts {
  readonly #access: WorkspaceAccess
  readonly #late = new Map<string, Map<string, string>>()

  constructor(access: WorkspaceAccess) {
    this.#access = access
  }

  /** Taken also while the window is locked; nobody's is not taken. */
  keep(form: string, draft: string): void {
    const { person, lockedPerson } = this.#access.describe()
    if (person) this.#store(person.id, form, draft)
    else if (lockedPerson) this.#remember(lockedPerson.id, form, draft)
  }

  /** @throws AppError `access/locked` */
  read(form: string): string | null {
    const { id } = this.#access.person()
    return this.#late.get(id)?.get(form) ?? readDraft(this.#access.registry().db, id, form)
  }

  /** @throws AppError `access/locked`, `registry/…` */
  drop(form: string): void {
    const { id } = this.#access.person()
    this.#late.get(id)?.delete(form)
    this.#access.registry().keep((db) => forgetDraft(db, id, form))
  }

  #store(author: string, form: string, draft: string): void {
    const { utcMs } = this.#access.environment.now()
    try {
      this.#access.registry().keep((db) => saveDraft(db, author, form, draft, utcMs))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return this.#remember(author, form, draft)
    }
    this.#late.get(author)?.delete(form)
  }

  #remember(author: string, form: string, draft: string): void {
    const forms = this.#late.get(author) ?? new Map<string, string>()
    this.#late.set(author, forms)
    forms.delete(form)
    forms.set(form, draft)
    const [oldest] = forms.keys()
    if (forms.size > KEPT_FORMS && oldest !== undefined) forms.delete(oldest)
  }
}
