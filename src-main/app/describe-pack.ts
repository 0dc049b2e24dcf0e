import type { AppDescription } from '../../src-preload/contract/index.ts'
import { OPERATING_POINTS } from '../../src-preload/contract/constants.ts'
import type { DescribedDisease, HeldOutRate } from '../../src-preload/contract/described-outputs.ts'
import type { Disease, HeldOutCounts, ModelManifest } from '../../src-preload/contract/manifest.ts'
import { wilsonInterval } from '../statistics/proportions/interval.ts'
import { THRESHOLD_NAMES, thresholdAt } from '../screening/operating-point.ts'
import type { Engine } from '../inference/engine.ts'

/** What the window is told of the pack: names, rules, and how good its outputs are. */
export function describePack({
  manifest,
  identity,
  key,
}: Pick<Engine, 'manifest' | 'identity' | 'key'>): NonNullable<AppDescription['pack']> {
  return {
    ...identity,
    statement: manifest.statement,
    trainingData: manifest.trainingData,
    intendedUse: manifest.intendedUse.text,
    keyId: key.keyId,
    developmentKey: key.purpose === 'development',
    createdAt: manifest.createdAt,
    rules: {
      minimumAgeYears: manifest.intendedUse.minimumAgeYears,
      pacedRhythm: manifest.intendedUse.pacedRhythm ?? 'mark',
      familiarity: manifest.familiarity,
      repeatability: manifest.repeatability ?? null,
    },
    diseases: manifest.diseases.map(describeDisease),
    subtypes: manifest.subtypes,
    phenotypes: manifest.phenotypes.map(describePhenotype),
    samplers: manifest.generator.samplers,
    defaultSampler: manifest.generator.defaultSampler,
    ...(manifest.generator.quality && { cineQuality: manifest.generator.quality }),
    ...(manifest.similarityMaps && { similarityMapQuality: manifest.similarityMaps }),
    slides: (manifest.generator.directions ?? []).map(({ phenotype, steps, read }) => ({ phenotype, steps, read })),
  }
}

export function describeDisease(disease: Disease): DescribedDisease {
  const { id, name, auc, calibrationPrevalence, heldOut, repeatability } = disease
  return {
    id,
    name,
    ...(auc !== undefined && { auc }),
    calibrationPrevalence,
    operatingPoints: OPERATING_POINTS.flatMap((point) => {
      const threshold = thresholdAt(disease, point)
      return threshold === undefined ? [] : [{ id: point, threshold, rates: ratesAt(heldOut, THRESHOLD_NAMES[point]) }]
    }),
    reliability: (heldOut?.reliability ?? []).map(({ below, subjects, positives }, index, bands) => ({
      from: bands[index - 1]?.below ?? 0,
      below,
      positives,
      observed: rate(positives, subjects),
    })),
    ...(repeatability !== undefined && { repeatability }),
  }
}

/** Null where the pack counted nobody at this point, or nobody with or without the disease. */
function ratesAt(
  heldOut: HeldOutCounts | undefined,
  name: keyof HeldOutCounts['points'],
): DescribedDisease['operatingPoints'][number]['rates'] {
  const marked = heldOut?.points[name]
  if (!heldOut || !marked) return null
  const negatives = heldOut.subjects - heldOut.positives
  if (heldOut.positives === 0 || negatives === 0) return null
  return {
    sensitivity: rate(marked.truePositives, heldOut.positives),
    specificity: rate(negatives - marked.falsePositives, negatives),
  }
}

function rate(part: number, of: number): HeldOutRate {
  return { estimate: part / of, interval: wilsonInterval(part, of), of }
}

function describePhenotype({ id, field, name, unit, group, r2, repeatability }: ModelManifest['phenotypes'][number]) {
  return {
    id,
    field,
    name,
    unit,
    group,
    ...(r2 !== undefined && { r2 }),
    ...(repeatability !== undefined && { repeatability }),
  }
}
