import { prepareScreening } from '../../src-main/ecg/preprocessing/prepare-screening.ts'
import { toEncoderInput } from '../../src-main/ecg/preprocessing/encoder-input.ts'
import { LEAD_NAMES } from '../../src-preload/contract/ecg.ts'
import type { Bench } from './open-bench.ts'
import { best, ms, timed, type BenchRow } from './report.ts'

const LIMIT_MS = 8

/** Models.md section b for 12 × 5000 samples. */
export async function benchPreprocessing({ waveform }: Bench): Promise<BenchRow[]> {
  const leads = LEAD_NAMES.map((name) => waveform.leadsMv[name])
  const encoder: number[] = []
  const whole: number[] = []
  for (let round = 0; round < 60; round += 1) {
    encoder.push(await timed(() => toEncoderInput(leads, 60)))
    whole.push(await timed(() => prepareScreening(waveform)))
  }
  const own = best(encoder.slice(10))
  return [
    {
      name: 'preprocessing, 12 × 5000 samples',
      measured: ms(own),
      beside: `${ms(best(whole.slice(10)))} with quality and R peaks`,
      limit: `≤ ${LIMIT_MS} ms`,
      ok: own <= LIMIT_MS,
    },
  ]
}
