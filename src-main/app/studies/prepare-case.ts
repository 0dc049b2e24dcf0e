import { createHash } from 'node:crypto'
import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import type { EcgSummary } from '../../../src-preload/contract/ecg.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import type { PreparedEcg } from '../../ecg/preprocessing/prepare-screening.ts'
import { resamplePolyphase } from '../../ecg/preprocessing/resample.ts'
import type { Engine } from '../../inference/engine.ts'
import type { CaseTruth } from '../../reader-study/bundle/study-record.ts'
import { type Banner, ECG_RATE_HZ, neutralCine, neutralEcg } from '../../reader-study/cases/prepare-item.ts'
import type { Registry } from '../../registry/registry.ts'
import type { PreparedCase } from '../../registry/studies/study-cases.ts'
import { cycleMsOf } from '../../screening/cine/cycle.ts'
import { toScreeningParts } from '../../screening/to-screening-parts.ts'

const WINDOW_S = 10

/** A recording with what the encoder takes of it, wherever it came from. */
export interface CaseEcg {
  summary: EcgSummary
  leads: readonly { name: string; samplesMv: Float32Array }[]
  prepared: PreparedEcg
}

export type KnownOfCase = Pick<CaseTruth, 'caseId' | 'truth' | 'subtype'>

/** What the arms of a protocol show besides the ECG. */
export function cinesWanted({ stages }: StudyProtocol): { real: boolean; generated: boolean } {
  const arms = new Set(stages.flatMap((stage) => stage.arms))
  return {
    real: arms.has('ecg-real') || arms.has('ecg-both'),
    generated: arms.has('ecg-generated') || arms.has('ecg-both') || arms.has('generated'),
  }
}

/**
 * Brings one case into the form of the study and stores it: ten seconds of ECG, the real cine, a cine generated now, and
 * the model's score. Nothing of names, dates or headers goes along.
 *
 * @param real  [50, 96, 96], null where the study shows none
 * @throws AppError `study/ecg-unfit`, `pack/…`, `intended-use/…`, `inference/…`, `cine/cancelled`
 */
export async function prepareCase(
  { registry, engine, banner, signal }: { registry: Registry; engine: Engine; banner: Banner; signal: AbortSignal },
  known: KnownOfCase,
  ecg: CaseEcg,
  real: Float32Array | null,
  generate: boolean,
): Promise<PreparedCase> {
  const { prepared, summary } = ecg
  const neutral = tenSeconds(ecg)
  const { rows } = await engine.screen([prepared])
  const { diseases } = toScreeningParts(rows[0]!, engine, { ...summary, marks: prepared.marks })
  const disease = diseases.find((one) => one.id === 'cm')!
  const generated = generate
    ? await engine.generateCine({
        ecg: prepared.ecg,
        amplitude: prepared.amplitude,
        seeds: [seedOf(neutral)],
        sampler: engine.manifest.generator.defaultSampler,
        signal,
      })
    : null
  const put = (bytes: Uint8Array) => registry.blobs.put(bytes)
  return {
    truth: { ...known, modelScore: disease.probability, modelCall: disease.positive ? 1 : 0 },
    ecg: put(new Uint8Array(neutral.buffer)),
    real: real && put(neutralCine(real, banner)),
    generated: generated && put(neutralCine(generated.cines[0]!, banner)),
    cycleMs: cycleMsOf(summary.heartRateBpm),
  }
}

/** The window that the encoder saw, at the study's rate. */
function tenSeconds({ leads, summary: { rateHz }, prepared }: CaseEcg): Int16Array {
  const from = Math.round(prepared.window.startS * rateHz)
  const to = from + Math.round(WINDOW_S * rateHz)
  return neutralEcg(
    LEAD_NAMES.map((name) => {
      const lead = leads.find((one) => one.name === name)
      if (!lead) throw new AppError('study/ecg-unfit', `${name} is absent; readers are shown all twelve leads.`)
      return Float32Array.from(resamplePolyphase(lead.samplesMv.subarray(from, to), rateHz, ECG_RATE_HZ))
    }),
  )
}

/** The ECG decides the seed: the same case gives the same cine, and no number of ours stands in it. */
const seedOf = (ecg: Int16Array): number =>
  createHash('sha256').update(new Uint8Array(ecg.buffer)).digest().readUInt32LE()
