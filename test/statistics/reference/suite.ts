import { describe, expect, it } from 'vitest'
import { agreementAdapters } from './agreement.ts'
import { calibrationAdapters } from './calibration.ts'
import { type Adapter, differences, readCases } from './case.ts'
import { imageAdapters } from './images.ts'
import { orAdapters } from './mrmc-or.ts'
import { uStatisticAdapters } from './mrmc-u.ts'
import { proportionAdapters } from './proportions.ts'
import { resamplingAdapters } from './resampling.ts'
import { rocAdapters } from './roc.ts'
import { signalAdapters } from './signals.ts'

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

/** One test per case of a folder; an unknown function or result name fails. */
export function describeCases(folder: string): void {
  for (const { file, cases } of readCases(folder)) {
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
}
