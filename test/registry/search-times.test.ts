import { expect, it } from 'vitest'
import { largeRegistry } from '../../build/registry/large-registry.ts'
import { measureSearches } from '../../build/registry/measure-searches.ts'
import { temporaryFolder } from './support.ts'

const LIMIT_MS = 50
/** Small, for every push; `npm run bench:search` measures a million. */
const PATIENTS = 5000

it(
  `answers every kind of search among ${PATIENTS} patients, half of them within ${LIMIT_MS} ms`,
  { timeout: 120_000 },
  async () => {
    const registry = await largeRegistry(temporaryFolder(), PATIENTS, () => undefined)
    for (const { kind, sortedMs } of measureSearches(registry, PATIENTS)) {
      expect(sortedMs[Math.floor(sortedMs.length / 2)], kind).toBeLessThan(LIMIT_MS)
    }
    registry.close()
  },
)
