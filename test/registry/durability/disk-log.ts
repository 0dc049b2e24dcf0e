import { readFileSync } from 'node:fs'

/** One thing that a writer did, in order. Kinds as in disk-shim.c; `A` is an acknowledgement. */
export interface DiskEvent {
  readonly kind: 'W' | 'S' | 'L' | 'U' | 'R' | 'C' | 'T' | 'A'
  readonly path: string
  /** The new name of `R`. */
  readonly other: string
  readonly offset: number
  readonly data: Buffer
}

export function readDiskLog(path: string): DiskEvent[] {
  const log = readFileSync(path)
  const events: DiskEvent[] = []
  for (let at = 0; at < log.length;) {
    const end = log.indexOf(10, at)
    const [kind, name, other, offset, length] = log.toString('utf8', at, end).split('\t')
    at = end + 1
    const data = log.subarray(at, at + Number(length))
    at += data.length
    events.push({ kind: kind as DiskEvent['kind'], path: name!, other: other!, offset: Number(offset), data })
  }
  return events
}
