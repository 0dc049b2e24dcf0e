import { type PictureProbe, PROBES } from '../../../src-preload/contract/picture-probes.ts'
import type { StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import { delongAuc } from '../../statistics/roc/delong.ts'

const GROUPS_AT_CHANCE: readonly string[] = ['banner', 'border', 'histogram']

/**
 * How well each probe by itself tells the generated cines of a study from its real ones. The intervals hold together
 * with 95 % for all probes (Bonferroni), so that a sound study is not called a leaking one for the number of its probes.
 *
 * @param real       of each real cine, what `probeCine` measured
 * @param generated  likewise
 * @returns nothing where there are fewer than two of either
 */
export function probeBattery(
  protocol: Pick<StudyProtocol, 'stages'>,
  real: readonly number[][],
  generated: readonly number[][],
): PictureProbe[] {
  if (real.length < 2 || generated.length < 2) return []
  const asksForReal = protocol.stages.some((stage) => stage.kind === 'real-or-generated')
  const truth = [...real.map(() => 0), ...generated.map(() => 1)]
  const level = 1 - 0.05 / PROBES.length
  return PROBES.map(({ probe, group }, column) => {
    const scores = [...real, ...generated].map((row) => row[column]!)
    const { auc, interval } = delongAuc(truth, scores, { level })
    const [low, high] = interval ?? [auc, auc]
    return {
      probe,
      group,
      auc,
      interval: [low, high],
      atChance: low <= 0.5 && 0.5 <= high,
      mustBeAtChance: !asksForReal && GROUPS_AT_CHANCE.includes(group),
    }
  })
}

/** The probes that should not tell the kinds apart and do. */
export function givenAway(probes: readonly PictureProbe[]): PictureProbe[] {
  return probes.filter((one) => one.mustBeAtChance && !one.atChance)
}
