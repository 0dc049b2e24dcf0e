/** Forms that one person keeps at most; the oldest goes first. */
const KEPT_FORMS = 50

/** Half-typed forms by author, in this process's memory: never on the disk, and gone with the application. */
export class Drafts {
  readonly #byAuthor = new Map<string, Map<string, string>>()

  keep(author: string, form: string, draft: string): void {
    const forms = this.#byAuthor.get(author) ?? new Map<string, string>()
    this.#byAuthor.set(author, forms)
    forms.delete(form)
    forms.set(form, draft)
    const [oldest] = forms.keys()
    if (forms.size > KEPT_FORMS && oldest !== undefined) forms.delete(oldest)
  }

  read(author: string, form: string): string | null {
    return this.#byAuthor.get(author)?.get(form) ?? null
  }

  drop(author: string, form: string): void {
    this.#byAuthor.get(author)?.delete(form)
  }
}
