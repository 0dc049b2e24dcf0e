import { afterAll, beforeAll, expect, it } from 'vitest'
import { forkChild } from '../../../src-main/app/child-process.ts'
import { madeUpEcg, MADE_UP_RATE_HZ } from '../../../src-main/app/demonstration/made-up-ecg.ts'
import { runReadJob } from '../../../src-main/app/reading/read-job.ts'
import { dicomWriter } from '../../../src-main/ecg/writers/dicom.ts'
import { createEngine, type Engine } from '../../../src-main/inference/engine.ts'
import { toScreeningParts } from '../../../src-main/screening/to-screening-parts.ts'
import { REFERENCE_PACK } from '../../inference/pack-builder.ts'

const COUNT = 96

let engine: Engine
beforeAll(async () => {
  engine = await createEngine({ spawn: forkChild, packDir: REFERENCE_PACK })
})
afterAll(() => engine.close())

// Of 2,000 held-out people the pack marks 26 % for heart failure, and 44 % for anything.
it('a demonstration shows about as many marks as the pack sets on people it was tested on', async () => {
  const inputs = Array.from({ length: COUNT }, (_, patient) => {
    const [file] = dicomWriter.write({ rateHz: MADE_UP_RATE_HZ, channels: madeUpEcg(9, patient, 1) }, 'made')
    return runReadJob(file!, () => undefined, { leads: true, screening: true }).prepared!
  })
  const { rows } = await engine.screen(inputs)
  const parts = rows.map((row) => toScreeningParts(row, engine))
  const share = (of: (one: (typeof parts)[number]) => boolean): number => parts.filter(of).length / COUNT
  const marked = share(({ diseases }) => diseases.some(({ id, positive }) => id === 'hf' && positive))
  expect(marked).toBeGreaterThan(0.1)
  expect(marked).toBeLessThan(0.42)
  expect(share(({ diseases }) => diseases.some(({ positive }) => positive))).toBeLessThan(0.65)
  expect(share(({ familiarity }) => familiarity.level === 'similar')).toBeGreaterThan(0.8)
})
