import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ReadingAnswer } from '../../../src-preload/contract/reading.ts'

/** What users answered, by the hash of the header that such files share; nothing of a patient. */
export interface AnswerMemory {
  readonly empty: boolean
  recall(header: string): ReadingAnswer | undefined
  /** Keeps the answer, or forgets what was kept where there is none. */
  keep(header: string, answer: ReadingAnswer | undefined): void
}

const Stored = z.object({ schema: z.literal(1), answers: z.record(z.string(), ReadingAnswer) })
/** Kinds of files that are remembered; the oldest goes first. */
const MOST = 500

/**
 * Opens the memory of a workspace, `reading-answers.json` in it.
 *
 * @param workspace  empty where nothing is kept, as on the command line
 */
export function openAnswerMemory(workspace: string): AnswerMemory {
  const path = workspace === '' ? undefined : join(workspace, 'reading-answers.json')
  const answers = new Map(path === undefined ? [] : Object.entries(storedIn(path)))
  return {
    get empty() {
      return answers.size === 0
    },
    recall: (header) => answers.get(header),
    keep(header, answer) {
      if (!answers.delete(header) && answer === undefined) return
      if (answer !== undefined) answers.set(header, answer)
      for (const oldest of answers.keys()) if (answers.size > MOST) answers.delete(oldest)
      if (path !== undefined) store(path, Object.fromEntries(answers))
    },
  }
}

function storedIn(path: string): Record<string, ReadingAnswer> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return {}
  }
  try {
    return Stored.parse(JSON.parse(text)).answers
  } catch {
    // Damaged: set aside rather than written over. The questions are asked again.
    renameSync(path, `${path}.damaged`)
    return {}
  }
}

function store(path: string, answers: Record<string, ReadingAnswer>): void {
  const part = `${path}.part`
  writeFileSync(part, `${JSON.stringify({ schema: 1, answers } satisfies z.infer<typeof Stored>, null, 2)}\n`, {
    mode: 0o600,
  })
  renameSync(part, path)
}
