import { randomUUID } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { CineSpread, MarkedMap } from '../../../src-preload/contract/cine.ts'
import { AppError, type CineId } from '../../../src-preload/contract/index.ts'
import { everyFifthFrame, meanSsim } from '../../cmr/likeness.ts'
import { deviationOfCines, leastAlike, meanCine } from '../../cmr/spread.ts'
import { markCine } from '../../screening/cine/mark.ts'
import type { GeneratedCine, SessionCines } from './session-cines.ts'
import { showMember } from './show-cine.ts'

/** The scale of the map ends at the first of these that few pixels exceed, so that two maps can be compared. */
const SCALES = [0.05, 0.1, 0.2, 0.3, 0.5]
const FEW = 0.002

/**
 * How far several cines of one ECG differ. Their mean is kept in the session like a cine.
 *
 * @param id of the answer
 * @throws AppError `cine/cancelled`
 */
export async function describeSpread(
  id: CineId,
  cines: readonly GeneratedCine[],
  session: SessionCines,
  signal: AbortSignal,
): Promise<CineSpread> {
  const values = cines.map((cine) => cine.values)
  const mean = meanCine(values)
  const deviation = deviationOfCines(values, mean)
  const ssim = await likenessOfPairs(values, signal)
  const seeds = cines.map(({ facts }) => facts.seed)
  const meanOfAll: GeneratedCine = {
    values: mean,
    facts: { ...cines[0]!.facts, id: randomUUID() as CineId, origin: { kind: 'mean', seeds } },
  }
  session.keepGenerated(meanOfAll)
  return {
    id,
    recordingId: cines[0]!.facts.recordingId,
    members: cines.map((cine) => ({ ...showMember(cine), seed: cine.facts.seed })),
    mean: showMember(meanOfAll),
    deviation: drawMap(deviation),
    meanDeviation: deviation.reduce((sum, value) => sum + value, 0) / deviation.length,
    ssim,
    mostDifferent: leastAlike(ssim),
  }
}

/** Of every fifth frame, since neighbours are nearly the same; others are served between two pairs. */
async function likenessOfPairs(whole: readonly Float32Array[], signal: AbortSignal): Promise<number[][]> {
  const cines = whole.map(everyFifthFrame)
  const matrix = cines.map((_, row) => cines.map((_unused, column) => Number(row === column)))
  for (let a = 0; a < cines.length; a++) {
    for (let b = a + 1; b < cines.length; b++) {
      await nextTurn()
      if (signal.aborted) throw new AppError('cine/cancelled', 'Cancelled before it was finished; nothing was kept.')
      matrix[a]![b] = matrix[b]![a] = meanSsim(cines[a]!, cines[b]!)
    }
  }
  return matrix
}

function drawMap(values: Float32Array): MarkedMap {
  const maximum =
    SCALES.find((scale) => values.reduce((count, value) => count + Number(value > scale), 0) < FEW * values.length) ??
    SCALES.at(-1)!
  return { ...markCine(values.map((value) => Math.min(1, value / maximum))), maximum }
}
