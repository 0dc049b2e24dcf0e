import { fork, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

const START_LINK = /http:\/\/127\.0\.0\.1:\d+\/start\?token=[\w-]+/

/**
 * Starts `cardionets serve` and waits for its start link. The child ends when this process does: its channel closes.
 *
 * @param commandLine  the built command line, `out/main/cli.js`
 * @throws Error when it ends before it has a link; its own message is on stderr
 */
export async function startHostProcess(
  commandLine: string,
  args: readonly string[],
): Promise<{ process: ChildProcess; startLink: string }> {
  const child = fork(commandLine, ['serve', ...args], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const startLink = await new Promise<string | undefined>((resolve) => {
    child.once('exit', () => resolve(undefined))
    createInterface(child.stdout!).on('line', (line) => {
      const link = START_LINK.exec(line)?.[0]
      if (link !== undefined) resolve(link)
    })
  })
  if (startLink === undefined) throw new HostEnded(child.exitCode)
  return { process: child, startLink }
}

export class HostEnded extends Error {
  readonly exitCode: number

  constructor(exitCode: number | null) {
    super('CardioNets ended before it had a window to show.')
    this.exitCode = exitCode ?? 1
  }
}
