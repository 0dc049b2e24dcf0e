import { Philox } from '../../statistics/random.ts'

/** Everything that is drawn of a made-up recording, each on its own, so that no two kinds of chance share a number. */
const STREAMS = ['body', 'place', 'illness', 'heart', 'conduction', 'electrodes', 'rhythm', 'noise'] as const

/**
 * Random numbers one after the other, the same for the same seed, patient, visit and stream.
 *
 * @param visit  0 to 7, of what is drawn anew at each; what stays with the patient names none
 */
export function drawsOf(seed: number, patient: number, stream: (typeof STREAMS)[number], visit = 0): Philox {
  return new Philox(seed, (patient * 8 + visit) * STREAMS.length + STREAMS.indexOf(stream))
}
