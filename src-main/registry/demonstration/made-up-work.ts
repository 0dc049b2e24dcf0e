import { createHash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import type { EcgSummary } from '../../../src-preload/contract/ecg.ts'
import type { ScreeningResult } from '../../../src-preload/contract/screening.ts'
import { philox4x32 } from '../../random/philox.ts'
import type { StoredBlob } from '../blobs/blob-store.ts'
import { statement } from '../database.ts'
import type { Actor, Registry } from '../registry.ts'
import { storeRecording } from '../tables/recordings.ts'
import { reviewScreening } from '../tables/reviews.ts'
import { addScreening } from '../tables/screenings.ts'

const IN_ONE_CHANGE = 1000
const DAY_MS = 86_400_000
const FIRST_DAY_MS = Date.UTC(2024, 0, 1)
const DAYS = 730
/** Of 100 screenings, how many are positive for each disease. */
const PERCENT_POSITIVE = { cad: 20, hf: 10, cm: 3, ph: 1 }
/** Of 100 recordings, how many belong to nobody, are refused, or wait for a screening. */
const PERCENT = { unassigned: 2, refused: 3, unscreened: 5, reviewed: 40 }

/**
 * Adds made-up recordings, most of them screened, to patients spread over the whole registry. They share one waveform's
 * blob: what lists and searches read is in the rows. For measuring only; nobody can open such a recording.
 */
export async function addMadeUpWork(
  registry: Registry,
  by: Actor & { readonly id: string | null },
  { seed, count }: { seed: number; count: number },
): Promise<void> {
  const blob = registry.blobs.put(Buffer.from('a waveform that nobody recorded'))
  const { last } = statement<{ last: number }>(registry.db, 'SELECT max(number) AS last FROM patient').get()!
  const patient = statement<{ id: string }>(registry.db, 'SELECT id FROM patient WHERE number = ?')
  for (let done = 0; done < count;) {
    const upTo = Math.min(count, done + IN_ONE_CHANGE)
    registry.change(by, (change) => {
      for (; done < upTo; done += 1) {
        const draw = drawer(seed, done)
        const owner = patient.get(1 + Math.floor((done * last) / count))?.id ?? null
        const refused = draw(100) < PERCENT.refused
        const recording = madeUpRecording(`${seed}/${done}`, blob, FIRST_DAY_MS + draw(DAYS) * DAY_MS)
        const { id } = storeRecording(change, {
          ...recording,
          patientId: draw(100) < PERCENT.unassigned ? null : owner,
          refusal: refused ? { code: 'quality/lead-flat', message: 'V3 is flat.' } : null,
        })
        if (refused || draw(100) < PERCENT.unscreened) continue
        const screeningId = addScreening(change, madeUpScreening(id, draw))
        if (by.id === null || draw(100) >= PERCENT.reviewed) continue
        reviewScreening(change, screeningId, {
          agreement: draw(10) === 0 ? 'disagree' : 'agree',
          conclusion: 'Made up.',
        })
      }
    })
    await turn()
  }
}

function drawer(seed: number, index: number): (below: number) => number {
  const words = new Uint32Array(12)
  for (const block of [0, 1, 2]) philox4x32([index, block, 0, 0], [seed >>> 0, 0x574f524b], words, 4 * block)
  let next = 0
  return (below) => words[next++ % words.length]! % below
}

function madeUpRecording(name: string, blob: StoredBlob, recordedMs: number) {
  const sha256 = createHash('sha256').update(name).digest('hex')
  const startTime = new Date(recordedMs + 36_000_000).toISOString().slice(0, 19)
  const fileName = `made-up-${name.replace('/', '-')}.hea`
  const summary: EcgSummary = {
    format: 'made-up',
    rateHz: 500,
    sampleCount: 5000,
    durationS: 10,
    units: 'made up',
    rateSource: 'made up',
    leadSource: 'made up',
    answered: [],
    leads: [],
    derivedLeads: [],
    startTime,
    heartRateBpm: 70,
    warnings: [],
  }
  const files = [{ name: fileName, blob }]
  return { waveformSha256: sha256, waveform: blob, prepared: null, summary, window: null, contentSha256: sha256, fileName, files } // prettier-ignore
}

function madeUpScreening(recordingId: string, draw: (below: number) => number) {
  const diseases = Object.entries(PERCENT_POSITIVE).map(([id, percent]) => {
    const positive = draw(100) < percent
    return { id, probability: positive ? 0.8 : 0.1, threshold: 0.5, positive }
  })
  const pack = { id: 'made-up', version: '1.0.0', sha256: '0'.repeat(64), trained: false }
  const result = {
    pack,
    provider: 'cpu',
    diseases,
    subtypes: [],
    phenotypes: [],
    marks: [],
  } as unknown as ScreeningResult
  return { recordingId, result, seed: null, preprocessingVersion: '1', inputSha256: '0'.repeat(64) }
}
