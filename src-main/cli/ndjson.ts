import { once } from 'node:events'
import type { Writable } from 'node:stream'

/** One JSON object a line. Waits for a slow reader, so that a long batch stays in constant memory. */
export interface LineWriter {
  write(value: unknown): Promise<void>
  /** False once the reading end has gone, e.g. `| head`. */
  readonly open: boolean
}

export function ndjsonWriter(stream: Writable): LineWriter {
  let open = true
  stream.on('error', () => {
    open = false
  })
  return {
    get open() {
      return open
    },
    async write(value) {
      if (!open) return
      // One write call a line: a process that ends between two calls never leaves half a line.
      if (stream.write(`${JSON.stringify(value)}\n`)) return
      await Promise.race([once(stream, 'drain'), once(stream, 'error').catch(() => undefined)]).catch(() => undefined)
    },
  }
}

/**
 * Samples as JSON has them, null for one that is missing. Nine significant digits give every float32 back exactly and are
 * a third shorter than the float64 expansion.
 */
export const samplesForJson = (samples: Float32Array): (number | null)[] =>
  Array.from(samples, (sample) => (Number.isFinite(sample) ? Number(sample.toPrecision(9)) : null))
