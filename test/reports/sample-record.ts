import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ModelManifest } from '../../src-preload/contract/manifest.ts'
import type { ScreeningResult } from '../../src-preload/contract/screening.ts'
import { describePack } from '../../src-main/app/describe-pack.ts'
import { runReadJob, type LeadSamples } from '../../src-main/app/reading/read-job.ts'
import { toReportCine } from '../../src-main/reports/cine-pictures.ts'
import { toReportFindings } from '../../src-main/reports/findings.ts'
import type { ReportRecord, ReportReview } from '../../src-main/reports/report-record.ts'
import { toScreeningParts } from '../../src-main/screening/to-screening-parts.ts'

const root = join(import.meta.dirname, '..', '..')
const fixture = (name: string): Buffer => readFileSync(join(root, 'test', 'fixtures', 'ecg', name))

export const manifest = JSON.parse(
  readFileSync(join(root, 'models', 'reference', 'manifest.json'), 'utf8'),
) as ModelManifest

const pack = describePack({
  manifest,
  identity: { id: manifest.id, version: manifest.version, trained: true, sha256: 'ab'.repeat(32) },
  key: { keyId: 'test', publicKey: '', purpose: 'development' } as never,
})

const read = runReadJob({ name: 'HR06000.hea', bytes: fixture('HR06000.hea') }, (name) => fixture(name), {
  screening: true,
  leads: true,
  measurements: true,
})

/** Numbers of our own making in the form in which the encoder gives them: nothing here tells of the model. */
export function sampleResult(): ScreeningResult {
  const outputs = {
    dis: Float32Array.of(-1.5, -3.2, 0.4, -2.2),
    sub: Float32Array.of(1, 0.2, -1),
    pheno: Float32Array.from(manifest.phenotypes, (_, index) => 10 + index),
    distance: Float32Array.of(0.4),
    feat: new Float32Array(1),
  }
  return {
    ecg: { ...read.summary, window: read.prepared!.window },
    pack: { id: manifest.id, version: manifest.version, trained: true, sha256: 'ab'.repeat(32) },
    provider: 'cpu',
    ...toScreeningParts(outputs, { manifest, key: { purpose: 'development' } }, read.summary),
    timingsMs: {},
  }
}

export function sampleRecord(changes: Partial<ReportRecord> = {}): ReportRecord {
  return {
    application: 'CardioNets Desktop test',
    site: 'Ward 3',
    patient: { name: '张伟明', id: 'P-17', sex: 'male', birthDate: '1951-02-03', ageYears: 74, source: 'registry' },
    recording: {
      file: 'HR06000.hea',
      sha256: read.sha256,
      summary: read.summary,
      window: read.prepared!.window,
      waveform: { rateHz: read.summary.rateHz, leads: read.leads! },
      measurements: read.measurements!,
    },
    outcome: {
      kind: 'screened',
      findings: toReportFindings(sampleResult(), pack, { sex: 'male', ageYears: 74 }),
      screenedAt: '2026-11-27 09:12 UTC+08:00',
      inputSha256: 'cd'.repeat(32),
    },
    reviews: [],
    reviewable: true,
    cine: null,
    date: new Date('2026-11-27T01:12:00Z'),
    ...changes,
  }
}

export const SIGNED: ReportReview = {
  state: 'signed',
  agreement: 'agree',
  conclusion: 'Echocardiography within two weeks.',
  reason: null,
  by: 'Reviewer One',
  at: '2026-11-27 09:21 UTC+08:00',
  recordSha256: 'ef'.repeat(32),
}

/** A ring that contracts: what matters of it here is that it is marked. */
export const sampleCine = () =>
  toReportCine(
    Float32Array.from({ length: 50 * 96 * 96 }, (_, index) => {
      const [frame, pixel] = [Math.floor(index / 9216), index % 9216]
      const radius = Math.hypot((pixel % 96) - 48, Math.floor(pixel / 96) - 48)
      return radius < 20 + 6 * Math.cos((2 * Math.PI * frame) / 50) ? 0.8 : 0.2
    }),
    { seed: 7, sampler: 'ddim25', cycleMs: 900 },
  )

/** Leads that are 0 mV but for a spike of 1 mV in the middle of every second, at 500 Hz. */
export function spikedLeads(seconds = 10): LeadSamples[] {
  const names = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'] as const
  return names.map((name) => {
    const samplesMv = new Float32Array(seconds * 500)
    for (let second = 0; second < seconds; second++) samplesMv[second * 500 + 250] = 1
    return { name, derived: false, samplesMv }
  })
}
