import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { agreementAdapters } from './reference/agreement.ts'
import { calibrationAdapters } from './reference/calibration.ts'
import { type Adapter, differences, readCases } from './reference/case.ts'
import { imageAdapters } from './reference/images.ts'
import { orAdapters } from './reference/mrmc-or.ts'
import { uStatisticAdapters } from './reference/mrmc-u.ts'
import { proportionAdapters } from './reference/proportions.ts'
import { resamplingAdapters } from './reference/resampling.ts'
import { rocAdapters } from './reference/roc.ts'
import { signalAdapters } from './reference/signals.ts'

const folder = process.env['CARDIONETS_REFERENCE'] ?? join(import.meta.dirname, '../../../shared/reference/statistics')

const adapters: Record<string, Adapter> = {
  ...rocAdapters,
  ...proportionAdapters,
  ...agreementAdapters,
  ...resamplingAdapters,
  ...calibrationAdapters,
  ...imageAdapters,
  ...orAdapters,
  ...uStatisticAdapters,
  ...signalAdapters,
}

describe.skipIf(!existsSync(folder))('established software and publications', () => {
  for (const { file, cases } of existsSync(folder) ? readCases(folder) : []) {
    if (cases.length === 0) continue
    describe(file, () => {
      for (const reference of cases) {
        it(`${reference.id}: ${reference.function}`, () => {
          const adapter = adapters[reference.function]
          expect(adapter, `no function is known for ${reference.function}`).toBeDefined()
          const lookup = adapter!(reference)
          const found = Object.entries(reference.expected).flatMap(([name, value]) =>
            differences(lookup(name), value, reference.tolerance, name),
          )
          expect(found).toEqual([])
        })
      }
    })
  }
})
