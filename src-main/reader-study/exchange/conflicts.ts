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

/** The reader went on in two places. */
export function linesPart(readerId: number, line: number, here: LogEntry, there: LogEntry): CodedSentence {
  const [a, b] = [here.body.kind, there.body.kind]
  return {
    code: 'study/lines-part',
    values: { reader: readerId, line, here: a, there: b },
    message:
      `Line ${line} of reader ${readerId} is ${a} here and ${b} in the file: ` +
      'the reader went on in both places. No lines were taken.',
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
