import type { Reply } from '../../../src-preload/contract/errors.ts'
import type { BatchTable } from '../batch/batch-table.ts'
import type { CineReading } from '../../cmr/read-cines.ts'
import type { ExaminedFile } from './examine-file.ts'
import type { NamedBytes } from './open-file.ts'
import type { ReadJobResult, ReadWants } from './read-job.ts'

/** What the child is asked to do with a file. */
export type ReaderTask = 'read' | 'companion-names' | 'examine' | 'batch-table'

export interface ReaderAnswers {
  read: ReadJobResult
  'companion-names': string[]
  examine: ExaminedFile
  'batch-table': BatchTable
}

/** An answer of any kind. */
export type ReaderAnswer = ReaderAnswers[ReaderTask] | CineReading

/** Memory that the child's own watch allows, where the parent cannot see it. */
export interface MemoryWatch {
  bytesAboveStart: number
  pollMs: number
}

/** Null where there is no such file. */
export interface FetchedCompanion {
  name: string
  bytes: Uint8Array | null
}

export type ToReader =
  | { kind: 'start'; memoryWatch?: MemoryWatch }
  /** With the companions that are known to be asked for. */
  | { kind: 'run'; id: number; task: ReaderTask; main: NamedBytes; wants: ReadWants; companions: FetchedCompanion[] }
  /** All files of one choice: the frames of a series may lie in as many files. */
  | { kind: 'read-cines'; id: number; files: readonly NamedBytes[] }
  /** The companions that were asked for. */
  | { kind: 'companions'; id: number; files: FetchedCompanion[] }

export type FromReader =
  | { kind: 'ready' }
  | { kind: 'need'; id: number; names: string[] }
  | { kind: 'done'; id: number; reply: Reply<ReaderAnswer> }
  | { kind: 'memory-exceeded' }

/** A child is not believed: a message of another shape is taken for a crash. */
export function isFromReader(message: unknown): message is FromReader {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false
  const { kind, names, reply } = message as { kind: unknown; names?: unknown; reply?: { ok?: unknown } }
  if (kind === 'need') return Array.isArray(names) && names.every((name) => typeof name === 'string')
  if (kind === 'done') return typeof reply?.ok === 'boolean'
  return kind === 'ready' || kind === 'memory-exceeded'
}
