/** A count on stderr that is written over itself on a terminal; in a log every state has a line of its own. */
export interface Progress {
  show(text: string): void
  /** Leaves the cursor at the beginning of a line. */
  end(): void
}

export function progressOn(stream: NodeJS.WriteStream): Progress {
  let shown = false
  return {
    show(text) {
      stream.write(stream.isTTY ? `\r${text}\u001b[K` : `${text}\n`)
      shown = true
    },
    end() {
      if (shown && stream.isTTY) stream.write('\n')
    },
  }
}
