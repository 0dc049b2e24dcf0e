import { dirname } from 'node:path'
import type { DiskEvent } from './disk-log.ts'

/** What becomes of writes that nothing had synced when the power failed. */
export type LossRule = 'drop' | 'random-subset' | 'torn-sectors'
export const LOSS_RULES: readonly LossRule[] = ['drop', 'random-subset', 'torn-sectors']

const SECTOR = 512

interface File {
  /** What a power loss cannot take. */
  durable: Buffer
  /** Written or cut since the last sync. */
  pending: DiskEvent[]
  /** Whether its name is in its folder for good. */
  named: boolean
}

/**
 * The files of a disk whose power failed after `events`: for each file what was synced, and of the rest what the rule
 * leaves. A new or new-named file whose folder was not synced may be gone, or still have its old name.
 *
 * @param chance  numbers in [0, 1)
 */
export function diskAfterPowerLoss(
  events: readonly DiskEvent[],
  rule: LossRule,
  chance: () => number,
): Map<string, Buffer> {
  const files = new Map<string, File>()
  let renames: DiskEvent[] = []
  let unlinked: [string, File][] = []
  const fileAt = (path: string): File => {
    let file = files.get(path)
    if (!file) files.set(path, (file = { durable: Buffer.alloc(0), pending: [], named: false }))
    return file
  }
  for (const event of events) {
    switch (event.kind) {
      case 'W':
      case 'L':
        fileAt(event.path).pending.push(event)
        break
      case 'T':
        fileAt(event.path).pending.push({ ...event, kind: 'L', offset: 0 })
        break
      case 'C':
        fileAt(event.path)
        break
      case 'S': {
        const file = files.get(event.path)
        if (file) {
          file.durable = apply(file.durable, file.pending)
          file.pending = []
          // As ext4 and XFS do it: a synced new file is found again.
          file.named = true
        } else {
          renames = renames.filter(({ other }) => dirname(other) !== event.path)
          unlinked = unlinked.filter(([path]) => dirname(path) !== event.path)
        }
        break
      }
      case 'R': {
        files.set(event.other, fileAt(event.path))
        files.delete(event.path)
        renames.push(event)
        break
      }
      case 'U': {
        const file = files.get(event.path)
        if (file) unlinked.push([event.path, file])
        files.delete(event.path)
        break
      }
      case 'A':
        break
    }
  }
  for (const { path, other } of renames) {
    const file = files.get(other)
    if (!file || chance() < 0.5) continue
    files.delete(other)
    files.set(path, file)
  }
  for (const [path, file] of unlinked) if (!files.has(path) && chance() < 0.5) files.set(path, file)
  return new Map(
    [...files]
      .filter(([, file]) => file.named || chance() < 0.5)
      .map(([path, file]) => [path, apply(file.durable, surviving(file.pending, rule, chance))]),
  )
}

function surviving(pending: readonly DiskEvent[], rule: LossRule, chance: () => number): DiskEvent[] {
  if (rule === 'drop') return []
  if (rule === 'random-subset') return pending.filter(() => chance() < 0.5)
  return pending.flatMap((event) => {
    if (event.kind !== 'W') return chance() < 0.5 ? [event] : []
    const sectors: DiskEvent[] = []
    for (let at = 0; at < event.data.length;) {
      const upTo = Math.min(event.data.length, at + SECTOR - ((event.offset + at) % SECTOR))
      if (chance() < 0.5) sectors.push({ ...event, offset: event.offset + at, data: event.data.subarray(at, upTo) })
      at = upTo
    }
    return sectors
  })
}

function apply(content: Buffer, changes: readonly DiskEvent[]): Buffer {
  let length = content.length
  let capacity = Buffer.from(content)
  for (const { kind, offset, data } of changes) {
    if (kind === 'L') {
      if (offset < length) capacity.fill(0, offset, length)
      length = offset
      continue
    }
    const end = offset + data.length
    if (end > capacity.length) {
      const larger = Buffer.alloc(end * 2)
      capacity.copy(larger)
      capacity = larger
    }
    data.copy(capacity, offset)
    length = Math.max(length, end)
  }
  return length <= capacity.length ? capacity.subarray(0, length) : Buffer.concat([capacity], length)
}
