import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { ChildHandle, SpawnChild } from '../../../src-main/app/child-process.ts'

/** Starts the planted child of `obedient-child.ts` in place of the reader, and counts the starts. */
export function plantedSpawn(): { spawn: SpawnChild; started: ChildHandle[] } {
  const started: ChildHandle[] = []
  const spawn: SpawnChild = () => {
    const child = fork(join(import.meta.dirname, 'obedient-child.ts'), {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [],
    })
    const handle: ChildHandle = {
      pid: child.pid,
      post: (message) => void (child.connected && child.send(message as object)),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.on('exit', listener),
      kill: () => void child.kill('SIGKILL'),
    }
    started.push(handle)
    return handle
  }
  return { spawn, started }
}
