import { fork } from 'node:child_process'
import { join } from 'node:path'

/** One child process, however it was started. Messages are structured clones; typed arrays cross as they are. */
export interface ChildHandle {
  readonly pid: number | undefined
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, also when the process could not be started. */
  onExit(listener: (code: number | null) => void): void
  kill(): void
}

export type ChildEntry = 'reader' | 'inference'
export type SpawnChild = (entry: ChildEntry) => ChildHandle

const sources: Record<ChildEntry, string> = {
  reader: '../app/reading/reader-process.ts',
  inference: '../inference/process/inference-process.ts',
}

/** The file to start: the bundle beside this one when built, the source itself when Node runs the sources. */
export function childEntryPath(entry: ChildEntry): string {
  const built = !import.meta.filename.endsWith('.ts')
  return join(import.meta.dirname, built ? `${entry}.js` : sources[entry])
}

/** Starts a child with plain Node; Electron uses its utility process instead (RunAsNode is off there). */
export const forkChild: SpawnChild = (entry) => {
  const child = fork(childEntryPath(entry), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // No key, no token and no path of ours reaches a child through its environment.
    env: pickEnvironment([
      'PATH',
      'HOME',
      'TMPDIR',
      'TEMP',
      'SYSTEMROOT',
      'LANG',
      'VK_DRIVER_FILES',
      'XDG_RUNTIME_DIR',
    ]),
    execArgv: [],
  })
  let exited = false
  const exitListeners: ((code: number | null) => void)[] = []
  const exit = (code: number | null): void => {
    if (exited) return
    exited = true
    for (const listener of exitListeners) listener(code)
  }
  child.on('exit', exit)
  child.on('error', () => exit(null))
  return {
    pid: child.pid,
    post: (message) => void (child.connected && child.send(message as object)),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void exitListeners.push(listener),
    kill: () => void child.kill('SIGKILL'),
  }
}

function pickEnvironment(names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
}
