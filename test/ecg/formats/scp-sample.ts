import { readRecording } from '../../../src-main/ecg/read-recording.ts'
import type { EcgRecording } from '../../../src-main/ecg/recording.ts'
import { differences, type WrittenScp } from './scp-writer.ts'

/** Two leads with a spike, of which the second is no copy of the first. */
export const one = Array.from({ length: 60 }, (_, t) => Math.round(300 * Math.sin(t / 3)) + (t === 20 ? 2000 : 0))
export const second = one.map((value, t) => 10 * t - value)

export const scpSample = (encoding: number, tables: NonNullable<WrittenScp['tables']>): WrittenScp => ({
  leads: [[1, 1, 60], [2, 1, 60]], // prettier-ignore
  tables,
  rhythm: { encoding, leads: [differences(one, encoding), differences(second, encoding)] },
})
export const plain = scpSample(2, 'default')

export const readScp = (bytes: Uint8Array): EcgRecording => readRecording(bytes, 'test.scp', () => undefined)

/** Samples in whole steps of so many µV. */
export const steps = (samples: Float32Array, microvolts = 5): number[] =>
  [...samples].map((v) => Math.round((v * 1000) / microvolts))

export const codes = (recording: EcgRecording): string[] => recording.warnings.map(({ code }) => code)
