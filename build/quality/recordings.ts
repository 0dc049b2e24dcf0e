import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deriveLimbLeads } from '../../src-main/ecg/limb-leads.ts'
import { readRecording } from '../../src-main/ecg/read-recording.ts'
import type { EcgWaveform } from '../../src-main/ecg/recording.ts'
import { toWaveform } from '../../src-main/ecg/waveform.ts'
import { inRepository } from '../repository.ts'

const SAMPLES = 5000
const RATE_HZ = 500
const LEADS = 8

/** Every n-th recording of a stored cohort, from the given one on. */
export function* cohortRecordings(folder: string, name: string, every = 1, first = 0): Generator<EcgWaveform> {
  const stored = readFileSync(join(folder, `${name}.i16`))
  const count = stored.length / (LEADS * SAMPLES * 2)
  for (let k = first; k < count; k += every) {
    const leads = Array.from({ length: LEADS }, (_, lead) => {
      const microvolts = new Int16Array(stored.buffer, stored.byteOffset + (k * LEADS + lead) * SAMPLES * 2, SAMPLES)
      return Float32Array.from(microvolts, (value) => value / 1000)
    })
    yield fromEight(leads, RATE_HZ)
  }
}

/** The twelve leads of I, II, V1–V6. */
export function fromEight([I, II, V1, V2, V3, V4, V5, V6]: readonly Float32Array[], rateHz: number): EcgWaveform {
  const chest = { V1: V1!, V2: V2!, V3: V3!, V4: V4!, V5: V5!, V6: V6! }
  return { rateHz, leadsMv: { ...deriveLimbLeads({ I: I!, II: II! }), ...chest }, derivedLeads: [], extraChannels: [] }
}

/** The first ten seconds of each real 12-lead recording beside the repository; none where they are absent. */
export function* realRecordings(): Generator<EcgWaveform> {
  const shared = inRepository('../shared/data')
  if (!existsSync(shared)) return
  for (const folder of ['aecg', 'cardiosoft', 'dicom_ecg', 'ishne', 'muse', 'philips', 'schiller', 'scp', 'wfdb']) {
    for (const name of readdirSync(join(shared, folder))) {
      const waveform = tryRead(join(shared, folder), name)
      if (waveform && waveform.leadsMv.I.length >= 9 * waveform.rateHz) yield firstTenSeconds(waveform)
    }
  }
}

function tryRead(folder: string, name: string): EcgWaveform | null {
  try {
    const companion = (other: string): Uint8Array | undefined =>
      existsSync(join(folder, other)) ? readFileSync(join(folder, other)) : undefined
    return toWaveform(readRecording(readFileSync(join(folder, name)), name, companion))
  } catch {
    // Signal files of others, single leads, what no reader takes.
    return null
  }
}

function firstTenSeconds(waveform: EcgWaveform): EcgWaveform {
  const leads = Object.entries(waveform.leadsMv).map(([name, lead]) => [name, lead.subarray(0, 10 * waveform.rateHz)])
  return { ...waveform, leadsMv: Object.fromEntries(leads) as EcgWaveform['leadsMv'] }
}
