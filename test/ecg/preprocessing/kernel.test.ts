import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileKernel, KERNEL_OUTPUT } from '../../../build/compile-kernel.ts'
import { denoise } from '../../../src-main/ecg/preprocessing/denoise.ts'
import { ENCODER_SAMPLES, toEncoderInput } from '../../../src-main/ecg/preprocessing/encoder-input.ts'
import { halveRate } from '../../../src-main/ecg/preprocessing/half-band.ts'
import { savitzkyGolay } from '../../../src-main/ecg/preprocessing/savitzky-golay.ts'
import { scaleLead } from '../../../src-main/ecg/preprocessing/scale.ts'
import { beatPeriodSamples, removeTrend } from '../../../src-main/ecg/preprocessing/trend.ts'
import { artificialLeads } from './artificial-lead.ts'

/** One lead by the written-out steps. */
function stepByStep(lead: Float64Array | Float32Array, heartRateBpm: number) {
  const { y } = denoise(removeTrend(lead, beatPeriodSamples(heartRateBpm)))
  const halved = halveRate(savitzkyGolay(y, 11, 3))
  const from = Math.floor((halved.length - ENCODER_SAMPLES) / 2)
  const scaled = new Float32Array(ENCODER_SAMPLES)
  return { scaled, amplitude: scaleLead(halved.subarray(from, from + ENCODER_SAMPLES), scaled) }
}

function worstDifference(leads: readonly (Float64Array | Float32Array)[], heartRateBpm: number): number {
  const { ecg, amplitude } = toEncoderInput(leads, heartRateBpm)
  const differences = leads.flatMap((lead, k) => {
    const expected = stepByStep(lead, heartRateBpm)
    const samples = ecg.subarray(k * ENCODER_SAMPLES, (k + 1) * ENCODER_SAMPLES)
    return [
      ...samples.map((value, i) => Math.abs(value - expected.scaled[i]!)),
      Math.abs(amplitude[k]! - Math.fround(expected.amplitude)),
    ]
  })
  return Math.max(...differences)
}

/** One step of a float32 just below 1: where the order of the additions decides how a sample is rounded. */
const ROUNDING = 2 ** -23

describe('the compiled preprocessing', () => {
  it('is that of the source: npm run kernel', async () => {
    const committed = readFileSync(join(import.meta.dirname, '../../..', KERNEL_OUTPUT), 'utf8')
    expect(committed).toBe(await compileKernel())
  })

  it('agrees with the written-out steps at every length and rate', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 4499, max: 5000 }),
        fc.double({ min: 20, max: 250, noNaN: true }),
        (length, rate) => {
          expect(worstDifference(artificialLeads(60, length), rate)).toBeLessThanOrEqual(ROUNDING)
        },
      ),
      { numRuns: 12 },
    ))

  it('leaves nothing of one recording in the next', () => {
    const small = artificialLeads(60, 4499)
    const before = toEncoderInput(small, 47)
    toEncoderInput(
      artificialLeads(150, 5000).map((lead) => lead.map((value) => value * 1e6)),
      200,
    )
    expect(toEncoderInput(small, 47)).toEqual(before)
  })

  it('takes float32, an offset of a volt, and a lead that stands still', () => {
    const leads = artificialLeads(72, 5000).map((lead, k) => Float32Array.from(lead, (value) => value + 100 * k))
    leads[4] = new Float32Array(5000).fill(-3)
    expect(worstDifference(leads, 72)).toBeLessThanOrEqual(ROUNDING)
    expect(toEncoderInput(leads, 72).amplitude[4]).toBe(-3)
  })
})
