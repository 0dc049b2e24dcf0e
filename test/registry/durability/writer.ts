/**
 * Works until it is killed, or for a number of steps; says each step on standard output once it is committed.
 *
 * writer.ts DIRECTORY KEY FROM COUNT [normal]
 */
import { writeSync } from 'node:fs'
import { APPLICATION, Registry } from '../../../src-main/registry/registry.ts'
import { workStep } from './workload.ts'

const [directory, key, from, count, mode] = process.argv.slice(2)
const registry = Registry.open({ directory: directory!, dataKey: Buffer.from(key!, 'hex') })
// The planted defect: what the driver does by itself, and what a power loss takes back.
if (mode === 'normal') registry.db.pragma('synchronous = NORMAL')
writeSync(1, 'ready\n')
for (let index = Number(from); index < Number(from) + Number(count); index += 1) {
  writeSync(1, `${workStep(registry, APPLICATION, index)}\n`)
}
registry.close()
