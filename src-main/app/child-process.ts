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

const BASIC_VARIABLES = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SYSTEMROOT', 'LANG']
/** Where GPU drivers and their libraries lie, on systems that say so. */
const GPU_VARIABLES = ['LD_LIBRARY_PATH', 'VK_DRIVER_FILES', 'XDG_RUNTIME_DIR']

/**
 * The environment of every child: what native libraries need to find their way, and no key, token or path of ours.
 *
 * `ORT_DISABLE_TELEMETRY`: the released ONNX Runtime (1.30) writes a device id into the home folder and sends
 * events to its maker, on Linux and macOS too, unless this is set before the library is loaded. It is read by native
 * code, so it must be there when the process starts.
 */
export function childEnvironment(): Record<string, string> {
  const passedOn = [...BASIC_VARIABLES, ...GPU_VARIABLES]
  const present = passedOn.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(present), ORT_DISABLE_TELEMETRY: '1' }
}

/** Starts a child with plain Node; Electron uses its utility process instead (RunAsNode is off there). */
export const forkChild: SpawnChild = (entry) => {
  const child = fork(childEntryPath(entry), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: childEnvironment(),
    // Their heaps are small, and the cores are the encoder's: threads that help to look through 8 MB of heap cost more
    // than they save.
    execArgv: ['--single-threaded-gc'],
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
