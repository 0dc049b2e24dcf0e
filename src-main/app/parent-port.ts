/** The child's side of `ChildHandle`: Electron's utility process and Node's fork behind one pair of functions. */
export interface ParentPort {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
}

interface UtilityPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
}

/**
 * Ends this process without a farewell: nothing of it is on disk, and an orderly exit would take the networks away from
 * threads that are computing, which ends in a crash of the runtime and a line about it on the user's terminal.
 */
export function endAtOnce(): void {
  process.kill(process.pid, 'SIGKILL')
}

export function parentPort(): ParentPort {
  const utility = (process as unknown as { parentPort?: UtilityPort }).parentPort
  if (utility) {
    return {
      post: (message) => utility.postMessage(message),
      onMessage: (listener) => utility.on('message', (event) => listener(event.data)),
    }
  }
  // The parent's death must not leave an orphan that holds sessions or a patient's file in memory.
  process.on('disconnect', endAtOnce)
  // A terminal sends Ctrl-C to every process of a command. The parent ends what is under way, and then its children.
  process.on('SIGINT', () => undefined)
  return {
    post: (message) => void process.send?.(message),
    onMessage: (listener) => void process.on('message', listener),
  }
}
