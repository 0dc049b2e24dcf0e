import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export const REPOSITORY = join(import.meta.dirname, '..', '..')
export const FIXTURES = join(REPOSITORY, 'test', 'fixtures', 'ecg')
export const SHARED = join(REPOSITORY, '..', 'shared', 'data')

export interface CliRun {
  code: number | null
  lines: Record<string, unknown>[]
  stdout: string
  stderr: string
}

/**
 * Starts the command line from its sources, as a process of its own.
 *
 * @param detached  as the first of a group of processes, like a command in a terminal
 */
export function startCli(args: readonly string[], cwd = REPOSITORY, detached = false): ChildProcess {
  return spawn(process.execPath, [join(REPOSITORY, 'src-main', 'cli.ts'), ...args], {
    cwd,
    detached,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Runs the command line to its end; every line of stdout must be one JSON object. */
export async function runCli(args: readonly string[], cwd?: string): Promise<CliRun> {
  const child = startCli(args, cwd)
  const output = collect(child)
  const [code] = (await once(child, 'close')) as [number | null]
  const { stdout, stderr } = output
  return { code, stdout, stderr, lines: args.includes('--help') ? [] : parseLines(stdout) }
}

export function collect(child: ChildProcess): { stdout: string; stderr: string } {
  const output = { stdout: '', stderr: '' }
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  return output
}

export function parseLines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}
