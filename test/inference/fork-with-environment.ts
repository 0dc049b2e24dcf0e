import { fork } from 'node:child_process'
import { childEntryPath, type SpawnChild } from '../../src-main/app/child-process.ts'

/** Starts children as `forkChild` does, with variables that choose a graphics driver. */
export function forkWith(environment: NodeJS.ProcessEnv): SpawnChild {
  return (entry) => {
    const child = fork(childEntryPath(entry), {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: { PATH: process.env['PATH'], ...environment },
      execArgv: [],
    })
    return {
      pid: child.pid,
      post: (message) => void (child.connected && child.send(message as object)),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.on('exit', listener),
      kill: () => void child.kill('SIGKILL'),
    }
  }
}
