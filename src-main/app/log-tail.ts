import { homedir } from 'node:os'

/** Enough for the run-up to a fault, little enough to be read. */
const KEPT_LINES = 400

/** The last lines of the log, in memory. Callers leave out everything of a patient; the home folder names a person. */
export class LogTail {
  readonly #write: (line: string) => void
  readonly #lines: string[] = []

  constructor(write: (line: string) => void) {
    this.#write = write
  }

  readonly log = (line: string): void => {
    this.#write(line)
    this.#lines.push(line.replaceAll(homedir(), '~'))
    if (this.#lines.length > KEPT_LINES) this.#lines.shift()
  }

  get lines(): readonly string[] {
    return this.#lines
  }
}
