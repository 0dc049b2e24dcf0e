import type { Philox } from '../../statistics/random.ts'
import { clip } from './clip.ts'
import type { ElectricalHeart } from './electrical-heart.ts'

export interface MadeUpRhythm {
  /** Onset of each QRS complex, s from the start of the recording; the first and the last may lie outside of it. */
  beats: readonly { onsetS: number; ectopic: boolean }[]
  breathHz: number
  breathPhase: number
}

/** Sinusoids to each of the two peaks of the spectrum, and their share of its power. */
const COMPONENTS = 6
const SLOW_SHARE = 1 / 3
/** One in twenty has ventricular ectopic beats. */
const ECTOPIC_SHARE = 0.05

/**
 * When the heart beats: intervals with the slow waves of blood pressure (0.1 Hz) and those of the breath.
 *
 * @param draws  of the stream `rhythm`
 * @see McSharry PE et al., IEEE Trans Biomed Eng 2003;50:289–294
 * @see models/training/cardionets_training/simulator/ecg_rhythm.py
 */
export function madeUpRhythm(
  { rateBpm, durationS }: { rateBpm: number; durationS: number },
  { fibrillates, sdnnMs }: ElectricalHeart,
  draws: Philox,
): MadeUpRhythm {
  const meanS = 60 / rateBpm
  const breathHz = clip(0.25 * (1 + 0.1 * draws.normal()), 0.15, 0.4)
  const waves = [0.1, breathHz].flatMap((aboutHz, peak) =>
    Array.from({ length: COMPONENTS }, () => ({
      hz: aboutHz + 0.012 * draws.normal(),
      phase: 2 * Math.PI * draws.uniform(),
      size: Math.sqrt((2 * (peak === 0 ? SLOW_SHARE : 1 - SLOW_SHARE)) / COMPONENTS),
    })),
  )
  const swing = (atS: number): number =>
    waves.reduce((total, { hz, phase, size }) => total + size * Math.cos(2 * Math.PI * hz * atS + phase), 0)
  const hasEctopics = draws.uniform() < ECTOPIC_SHARE
  const ectopicAt = hasEctopics ? [4 + Math.floor(draws.uniform() * 4), 9] : []
  const beats = []
  for (let onsetS = -1.2 - meanS * draws.uniform(); onsetS < durationS + 0.6;) {
    const ectopic = ectopicAt.includes(beats.length)
    // An ectopic beat comes early and its pause makes up for it, so that later beats keep their time.
    beats.push({ onsetS: ectopic ? onsetS - 0.32 * meanS : onsetS, ectopic })
    const nextS = fibrillates ? meanS * Math.exp(0.2 * draws.normal()) : meanS + (sdnnMs / 1000) * swing(onsetS)
    onsetS += Math.max(nextS, 0.62 * meanS)
  }
  return { beats, breathHz, breathPhase: 2 * Math.PI * draws.uniform() }
}
