import { ASKABLE_CODES } from '../../../src-preload/contract/constants.ts'
import type { Reply } from '../../../src-preload/contract/errors.ts'
import type { FileAnswer } from '../../../src-preload/contract/reading.ts'
import type { AnswerMemory } from './answer-memory.ts'
import type { CompanionSource, NamedBytes } from './open-file.ts'
import type { ReadJobResult, ReadWants } from './read-job.ts'
import type { WatchedReader } from './watched-reader.ts'

/**
 * Reads a file with what the user says about it, or with what was said about an earlier file of the same header. What
 * is remembered is used only where the file is refused without it: it never overrules a file that can be read.
 *
 * @param given  the user's answer about this file, kept or forgotten for its header as the user wishes
 */
export async function readWithAnswers(
  memory: AnswerMemory,
  reader: Pick<WatchedReader, 'read' | 'examine'>,
  main: NamedBytes,
  companions: CompanionSource,
  wants: ReadWants,
  given?: FileAnswer,
): Promise<Reply<ReadJobResult>> {
  if (given) {
    const reply = await reader.read(main, companions, { ...wants, answer: given.answer })
    const header = await headerOf(reader, main, companions)
    // An answer that does not help is not kept.
    if (header !== null && (reply.ok || !given.remember)) memory.keep(header, given.remember ? given.answer : undefined)
    return reply
  }
  const reply = await reader.read(main, companions, wants)
  if (reply.ok || memory.empty || !ASKABLE_CODES.includes(reply.error.code)) return reply
  const header = await headerOf(reader, main, companions)
  const answer = header === null ? undefined : memory.recall(header)
  return answer ? reader.read(main, companions, { ...wants, answer: { ...answer, remembered: true } }) : reply
}

/** Under which an answer about a file is remembered; null where its header tells nothing. */
export async function headerOf(
  reader: Pick<WatchedReader, 'examine'>,
  main: NamedBytes,
  companions: CompanionSource,
): Promise<string | null> {
  const examined = await reader.examine(main, companions)
  return examined.ok ? examined.value.header : null
}
