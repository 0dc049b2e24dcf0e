import { createInterface } from 'node:readline'
import { forkChild } from '../app/child-process.ts'
import { openAnswerMemory } from '../app/reading/answer-memory.ts'
import { createWatchedReader } from '../app/reading/watched-reader.ts'
import { ExitCode, parseArguments, UsageError } from './arguments.ts'
import { importRow } from './import-row.ts'
import { ndjsonWriter } from './ndjson.ts'
import { readCredentials, requireRole, signInTo, workspaceOptions } from './workspace-session.ts'

/** `cardionets registry import - --workspace DIR --user NAME --password-stdin` */
export async function importRows(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, workspaceOptions)
  const [source, ...rest] = positionals
  if (source !== '-' || rest.length > 0) {
    throw new UsageError('"registry import" takes "-": password and rows come on the standard input.')
  }
  const input = createInterface({ input: process.stdin, crlfDelay: Infinity })
  const lines = input[Symbol.asyncIterator]()
  const first = async (): Promise<string | undefined> => (await lines.next()).value as string | undefined
  const credentials = await readCredentials(values, { first })
  const access = await signInTo(credentials)
  const answers = openAnswerMemory(credentials.workspace)
  const reader = createWatchedReader({ spawn: forkChild })
  const output = ndjsonWriter(process.stdout)
  let refused = 0
  try {
    requireRole(access, 'operator')
    for await (const line of { [Symbol.asyncIterator]: () => lines }) {
      if (line.trim() === '') continue
      const outcome = await importRow({ access, reader, answers }, line)
      if (!outcome.ok) refused += 1
      // Only now: what is printed is on the disk.
      await output.write(outcome)
      if (!output.open) break
    }
  } finally {
    input.close()
    reader.close()
    access.close()
  }
  return refused > 0 ? ExitCode.someRefused : ExitCode.done
}
