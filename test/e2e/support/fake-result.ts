import type { AppDescription } from '../../../src-preload/contract/index.ts'
import type { DiseaseResult, PhenotypeResult } from '../../../src-preload/contract/screening.ts'

type Pack = NonNullable<AppDescription['pack']>

/** Probabilities written by hand: one far below, one just below, one far above, one just above its threshold. */
export function fakeDiseases(pack: Pack): DiseaseResult[] {
  const probabilities: Record<string, number> = { cad: 0.08, hf: 0.19, cm: 0.41, ph: 0.14 }
  return pack.diseases.map(({ id, operatingPoints, calibrationPrevalence }) => {
    const { threshold } = operatingPoints.find((point) => point.id === 'balanced')!
    const probability = probabilities[id]!
    return {
      id,
      probability,
      interval: [0.7 * probability, Math.min(1, 1.35 * probability)],
      threshold,
      positive: probability >= threshold,
      prevalence: { pack: calibrationPrevalence, site: id === 'hf' ? 0.03 : null },
    }
  })
}

/** Values of the size that such phenotypes have in adults; no patient's. */
export function fakePhenotypes(pack: Pack): PhenotypeResult[] {
  return pack.phenotypes.map((phenotype) => {
    const value = typical(phenotype.id)
    const half = 0.22 * Math.abs(value)
    return {
      id: phenotype.id,
      field: phenotype.field,
      name: phenotype.name.en,
      unit: phenotype.unit,
      value,
      ...(phenotype.r2 === undefined
        ? {}
        : { r2: phenotype.r2, interval: [value - half, value + half] as [number, number] }),
    }
  })
}

const CHAMBERS: Record<string, number> = {
  LVEDV: 168,
  LVESV: 84,
  LVSV: 84,
  LVEF: 50.1,
  LVCO: 5.6,
  LVM: 118,
  RVEDV: 161,
  RVESV: 74,
  RVSV: 87,
  RVEF: 54.2,
  LAV_max: 78,
  LAV_min: 33,
  LASV: 45,
  LAEF: 57.4,
  RAV_max: 84,
  RAV_min: 46,
  RASV: 38,
  RAEF: 45.6,
  AAo_max_area: 842,
  AAo_min_area: 768,
  AAo_distensibility: 2.14,
  DAo_max_area: 513,
  DAo_min_area: 462,
  DAo_distensibility: 2.71,
}

function typical(id: string): number {
  const known = CHAMBERS[id]
  if (known !== undefined) return known
  const [kind, ...place] = id.split('_')
  const wave = Math.sin((Number(place.at(-1)) || 0) * 1.3)
  if (kind === 'WT') return 7.1 + 1.6 * wave
  if (kind === 'Ecc') return -20.4 + 3.2 * wave
  if (kind === 'Err') return 41 + 9 * wave
  return -17.8 + 2.1 * wave
}
