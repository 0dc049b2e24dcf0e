import type { CodedSentence } from '../../../src-preload/contract/coded-sentence.ts'
import type { LogEntry } from '../reading/log.ts'

/** Two histories of one thing that grow only at the end: what the second has more, or the first place where they part. */
export function beyond<T>(
  here: readonly T[],
  there: readonly T[],
  hash: (one: T, index: number, all: readonly T[]) => string,
): { fresh: T[]; parting: number | null } {
  const both = Math.min(here.length, there.length)
  for (let index = 0; index < both; index++)
    if (hash(here[index]!, index, here) !== hash(there[index]!, index, there)) return { fresh: [], parting: index }
  return { fresh: there.slice(here.length), parting: null }
}

/**
 * The reader went on in two places: what each holds from there on, for whoever decides which of them counts.
 *
 * @param parting  index of the first line that differs
 */
export function linesPart(
  readerId: number,
  parting: number,
  here: readonly LogEntry[],
  there: readonly LogEntry[],
): CodedSentence {
  const answers = (log: readonly LogEntry[]): number =>
    log.slice(parting).filter(({ body }) => body.kind === 'submitted').length
  const since = (log: readonly LogEntry[]): string =>
    `${new Date(log[parting]!.moment.wallMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const line = parting + 1
  const values = {
    reader: readerId,
    line,
    here: answers(here),
    hereSince: since(here),
    there: answers(there),
    thereSince: since(there),
  }
  return {
    code: 'study/lines-part',
    values,
    message:
      `Reader ${readerId} went on in both places from line ${line} on: answers here since ${values.hereSince}: ${values.here}; ` +
      `in the file since ${values.thereSince}: ${values.there}. No line was taken, those here stand.`,
  }
}

/** Two protocols of one study went on by themselves. */
export function versionsPart(version: number): CodedSentence {
  return {
    code: 'study/versions-part',
    values: { version },
    message: `Version ${version} of the protocol is another one here than in the package. Nothing was taken.`,
  }
}

/** Reads were made under a version whose stages or questions are no longer those of the protocol. */
export function readUnderAnother(readerId: number, { read, now }: { read: number; now: number }): CodedSentence {
  return {
    code: 'study/read-under-another',
    values: { reader: readerId, read, now },
    message:
      `Reader ${readerId} has read under version ${read} of the protocol, and version ${now} asks or shows something else. ` +
      'Nothing was taken: amend the protocol back to what was read, then try again.',
  }
}
