import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { repositoryDir } from '../repository.ts'

/** Runs a command of this repository in sight of the user. @returns its exit code; 1 where it was killed or not found */
export async function runCommand(
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<number> {
  const child = spawn(command, args, {
    cwd: repositoryDir,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  })
  const failed = new Promise<[number]>((resolve) => child.once('error', () => resolve([1])))
  const [code] = (await Promise.race([once(child, 'exit'), failed])) as [number | null]
  return code ?? 1
}

/** Runs a script of package.json with the npm that started this process. */
export function runScript(name: string): Promise<number> {
  const npm = process.env['npm_execpath']
  return npm === undefined
    ? runCommand('npm', ['run', '-s', name])
    : runCommand(process.execPath, [npm, 'run', '-s', name])
}
