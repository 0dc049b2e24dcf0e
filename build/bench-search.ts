/**
 * `npm run bench:search [PATIENTS] [FOLDER]`: how long each kind of search and each page of a list takes in a made-up
 * registry of PATIENTS (default 1,000,000), in milliseconds. With FOLDER, the registry is kept there and used again.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { largeRegistry } from './registry/large-registry.ts'
import { measureSearches } from './registry/measure-searches.ts'

const patients = Number(process.argv[2] ?? 1_000_000)
const kept = process.argv[3]
const folder = kept ?? mkdtempSync(join(tmpdir(), 'cardionets-search-'))
try {
  const registry = await largeRegistry(folder, patients, (line) => console.error(line))
  console.log('kind'.padEnd(44), 'p50'.padStart(8), 'p95'.padStart(8), 'worst'.padStart(8))
  let within = true
  for (const { kind, sortedMs } of measureSearches(registry, patients)) {
    const at = (share: number): number => sortedMs[Math.min(sortedMs.length - 1, Math.floor(share * sortedMs.length))]!
    console.log(kind.padEnd(44), ...[at(0.5), at(0.95), sortedMs.at(-1)!].map((ms) => ms.toFixed(1).padStart(8)))
    within &&= at(0.95) <= 50
  }
  registry.close()
  if (!within) process.exitCode = 1
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true, force: true })
}
