import { readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { writeDurably } from '../blobs/write-durably.ts'
import { APPLICATION, type Registry } from '../registry.ts'
import { AuditHead, holdsHead, signHead } from './head.ts'

const PRESENT = 'audit-head.json'
/** A head that the trail no longer held when the registry was opened: evidence, kept for good. */
const CONTRADICTED = /^audit-head-contradicted-\d+\.json$/
/** The head follows the last change by this much. */
const DELAY_MS = 1000

/** The heads that lie beside the registry; what cannot be read as one is left out. */
export function readHeads(directory: string): AuditHead[] {
  return readdirSync(directory)
    .filter((name) => name === PRESENT || CONTRADICTED.test(name))
    .flatMap((name) => {
      const head = readHead(join(directory, name))
      return head ? [head] : []
    })
}

export function readHead(path: string): AuditHead | null {
  try {
    return AuditHead.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}

/**
 * Writes the signed head beside the registry a second after changes, and at the end. A trail that was cut off while
 * CardioNets was closed does not hold the head that was written before: that head is set aside and the trail says so.
 *
 * @returns how to write the last head and stop
 */
export function keepHead(registry: Registry): () => void {
  const path = join(registry.directory, PRESENT)
  const last = readHead(path)
  if (last && !holdsHead(registry.db, last)) {
    renameSync(path, join(registry.directory, `audit-head-contradicted-${registry.environment.now().utcMs}.json`))
    registry.change(APPLICATION, (change) =>
      change.audit({ action: 'audit:contradicts-head', kind: 'registry', id: null, before: last }),
    )
  }
  const write = (): void => {
    try {
      const head = signHead(registry.db, registry.environment.now())
      writeDurably(path, Buffer.from(`${JSON.stringify(head, null, 1)}\n`))
    } catch {
      // A full disk: the next change tries again; the trail itself is in the registry.
    }
  }
  let timer: NodeJS.Timeout | undefined
  const stop = registry.onChange(() => {
    timer ??= setTimeout(() => {
      timer = undefined
      write()
    }, DELAY_MS).unref()
  })
  return () => {
    stop()
    clearTimeout(timer)
    write()
  }
}
