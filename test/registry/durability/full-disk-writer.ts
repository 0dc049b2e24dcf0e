/**
 * Works on a disk that is full or broken for a while at one call after the other, and prints what went wrong.
 *
 * full-disk-writer.ts DIRECTORY KEY POSITIONS ERRNO
 */
import { openSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { APPLICATION, Registry } from '../../../src-main/registry/registry.ts'
import { problemsOf, workStep } from './workload.ts'

const [directory, key, positions, errno] = process.argv.slice(2)
const registry = Registry.open({ directory: directory!, dataKey: Buffer.from(key!, 'hex') })
const expected = errno === '28' ? ['registry/disk-full', 'registry/disk-error'] : ['registry/disk-error']
const acknowledged: string[] = []
const problems: string[] = []
const codes = new Map<string, number>()
let refused = 0

for (let index = 0; index < Number(positions); index += 1) {
  armShim(index % 40, 1 + (index % 3) * 1000)
  const started = performance.now()
  try {
    acknowledged.push(workStep(registry, APPLICATION, index))
  } catch (error) {
    refused += 1
    const code = error instanceof AppError ? error.code : String(error)
    codes.set(code, (codes.get(code) ?? 0) + 1)
    if (!expected.includes(code)) problems.push(`${index}: ${code}`)
    if (performance.now() - started > 1000) problems.push(`${index}: told after ${performance.now() - started} ms`)
    // Reads go on while the disk is still full.
    const { count } = registry.db.prepare('SELECT count(*) AS count FROM recording').get() as { count: number }
    if (count < acknowledged.length) problems.push(`${index}: ${count} recordings are readable`)
  }
  armShim(0, 0)
  // Space is there again: the same work succeeds without a restart.
  if (acknowledged.length === index + 1) continue
  acknowledged.push(workStep(registry, APPLICATION, index))
}
problems.push(...problemsOf(registry, acknowledged))
registry.close()
const again = Registry.open({ directory: directory!, dataKey: Buffer.from(key!, 'hex') })
problems.push(...problemsOf(again, acknowledged))
again.close()
console.log(JSON.stringify({ refused, codes: Object.fromEntries(codes), problems }))

/** `count` calls fail after `skip` more; the preloaded library answers in place of the disk. */
function armShim(skip: number, count: number): void {
  try {
    openSync(join(directory!, `shim-arm-${skip}-${count}-${errno}`), 'r')
  } catch {
    // There is no such file.
  }
}
