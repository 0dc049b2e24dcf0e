import { expect } from 'vitest'
import { standardLead } from '../../../src-main/ecg/lead-names.ts'
import { readRecording } from '../../../src-main/ecg/read-recording.ts'
import type { EcgRecording } from '../../../src-main/ecg/recording.ts'
import { channel, refusalCode, statedValues } from '../files.ts'

/** The leads and their first ten values, as another decoder found them. */
export function expectStatedValues(recording: EcgRecording, file: string): void {
  const stated = statedValues(file).map((each) => ({ ...each, lead: standardLead(each.lead)?.lead ?? each.lead }))
  expect(stated.length).toBeGreaterThanOrEqual(12)
  expect(stated.map(({ lead }) => lead)).toEqual(recording.channels.map(({ name }) => name))
  for (const { lead, valuesMv, toleranceMv } of stated) {
    expect(valuesMv.length).toBe(10)
    const samples = channel(recording, lead)
    const off = valuesMv.map((value, t) => Math.abs(samples[t]! - value))
    expect(Math.max(...off), lead).toBeLessThanOrEqual(toleranceMv)
  }
}

/** A document that ends before its last tag does is refused as broken, wherever the cut is. */
export function expectTruncationRefused(document: Uint8Array, points: number): void {
  const end = document.length - 4
  for (let point = 0; point < points; point++) {
    const length = Math.floor((end * point) / (points - 1))
    const code = refusalCode(() => readRecording(document.subarray(0, length), 'cut.xml', () => undefined))
    expect(code, `at ${length}`).toMatch(/^format\//)
  }
}
