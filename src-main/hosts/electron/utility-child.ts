import { utilityProcess } from 'electron'
import { childEntryPath, childEnvironment, type ChildEntry, type SpawnChild } from '../../app/child-process.ts'

const serviceNames: Record<ChildEntry, string> = {
  reader: 'CardioNets file reader',
  inference: 'CardioNets inference',
}

/** Starts a child as Electron's utility process: Node's `fork` needs the RunAsNode fuse, which is off. */
export const spawnUtility: SpawnChild = (entry) => {
  const child = utilityProcess.fork(childEntryPath(entry), [], {
    serviceName: serviceNames[entry],
    stdio: ['ignore', 'ignore', 'inherit'],
    env: childEnvironment(),
    execArgv: [],
  })
  let exited = false
  const exitListeners: ((code: number | null) => void)[] = []
  child.once('exit', (code) => {
    exited = true
    for (const listener of exitListeners) listener(code)
  })
  // A fatal error of V8 in the child; its exit follows.
  child.on('error', () => undefined)
  return {
    get pid() {
      return child.pid
    },
    // No transfer list: buffers are copied, which is the only way that holds across processes.
    post: (message) => {
      if (!exited) child.postMessage(message)
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void exitListeners.push(listener),
    kill: () => {
      // Electron's own kill asks politely (SIGTERM); a child that hangs in native code must go at once.
      if (exited) return
      if (child.pid === undefined) child.kill()
      else process.kill(child.pid, 'SIGKILL')
    },
  }
}
