import { describe, expect, it } from 'vitest'
import { referenceManifest } from '../pack-builder.ts'

/** What windows and reports can only say if the pack states it; all of it is optional in a manifest. */
describe('the pack that ships', () => {
  const manifest = referenceManifest()

  it.each(manifest.diseases)('states counts of held-out subjects and repeatability: $id', (disease) => {
    expect(Object.keys(disease.thresholds).sort()).toEqual(['sensitivity90', 'specificity98', 'youden'])
    expect(disease.heldOut?.subjects).toBeGreaterThanOrEqual(2000)
    expect(disease.repeatability).toBeGreaterThan(0)
    expect(disease.calibration).toHaveProperty('covariance')
  })

  it('states R², interval and repeatability of every phenotype', () => {
    const silent = manifest.phenotypes.filter(
      ({ r2, intervalHalfWidth, repeatability }) => r2 === undefined || !intervalHalfWidth || !repeatability,
    )
    expect(silent).toEqual([])
  })

  it('states how good its cines and its maps are, and where its feature can be moved', () => {
    expect(manifest.generator.quality?.subjects).toBeGreaterThanOrEqual(2000)
    expect(manifest.generator.directions).toHaveLength(6)
    expect(manifest.similarityMaps).toBeDefined()
  })
})
