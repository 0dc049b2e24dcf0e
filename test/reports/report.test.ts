import { describe, expect, it } from 'vitest'
import { writeReport, type ReportChoices } from '../../src-main/reports/write-report.ts'
import type { ReportRecord } from '../../src-main/reports/report-record.ts'
import { openPdf, pageSizeMm, textOf } from './read-pdf.ts'
import { sampleCine, sampleRecord, SIGNED } from './sample-record.ts'

const ALL: ReportChoices = { language: 'en', paper: 'A4', technicalPage: true, patientPage: true }

async function textsOf(record: ReportRecord, choices: ReportChoices = ALL): Promise<string[]> {
  return Promise.all((await openPdf(await writeReport(record, choices))).map(textOf))
}

describe('a report', () => {
  it('is the same bytes for the same record', async () => {
    const record = sampleRecord({ cine: sampleCine() })
    const [first, second] = [await writeReport(record, ALL), await writeReport(record, ALL)]
    expect(Buffer.from(first).equals(second)).toBe(true)
    const other = await writeReport({ ...record, site: 'Ward 4' }, ALL)
    expect(Buffer.from(first).equals(other)).toBe(false)
  })

  it('has the pages and the paper that were asked for', async () => {
    const a4 = await openPdf(await writeReport(sampleRecord(), ALL))
    expect(a4.map((page) => pageSizeMm(page).map(Math.round))).toEqual([
      [297, 210],
      [297, 210],
      [210, 297],
    ])
    const letter = await openPdf(await writeReport(sampleRecord(), { ...ALL, paper: 'Letter', technicalPage: false }))
    expect(letter.map((page) => pageSizeMm(page).map((mm) => Math.round(mm * 10) / 10))).toEqual([
      [279.4, 215.9],
      [215.9, 279.4],
    ])
  })

  it('names the patient, the four diseases, the limits, the pack and the recording on its first page', async () => {
    const record = sampleRecord()
    const [first] = await textsOf(record)
    for (const words of [
      '张伟明',
      'P-17',
      'Coronary artery disease',
      'Pulmonary hypertension',
      'Trained on a simulated cohort',
      'Not a medical device',
      'development key',
      'ab'.repeat(32),
      record.recording.sha256,
      'Page 1 of 3',
    ]) {
      expect(first).toContain(words)
    }
  })

  it('is a draft, and says so on every page, until somebody signs', async () => {
    const draft = await textsOf(sampleRecord())
    for (const text of draft) expect(text).toMatch(/DRAFT|Draft/)
    expect(draft[2]).toContain('not for handing out')
    const signed = await textsOf(sampleRecord({ reviews: [{ ...SIGNED, state: 'reviewed' }, SIGNED] }))
    for (const text of signed) expect(text).not.toMatch(/draft/i)
    expect(signed[0]).toContain('Signed by Reviewer One, 2026-11-27 09:21 UTC+08:00')
    expect(signed[0]).toContain(SIGNED.recordSha256)
    expect(signed[2]).toContain(SIGNED.conclusion)
    const amended = { ...SIGNED, state: 'amended', reason: 'Side confused' } as const
    expect((await textsOf(sampleRecord({ reviews: [SIGNED, amended] })))[0]).toContain('Reason: Side confused')
  })

  it('gives no probability, value or picture for a refused recording, but the reason and the ECG', async () => {
    const refusal = { code: 'quality/lead-flat', message: 'V3 is flat (0.00 mV for 10 s).' }
    const record = sampleRecord({ outcome: { kind: 'refused', refusal }, cine: sampleCine() })
    const [first, , patient] = await textsOf(record)
    expect(first).toContain('V3 is flat')
    expect(first).not.toMatch(/threshold|ejection fraction|Generated cine/)
    expect(patient).toContain('could not be judged')
    expect(patient).not.toContain('Of 100 people')
  })

  it('hands a patient no result that a physician is told not to rely on', async () => {
    const { outcome } = sampleRecord()
    if (outcome.kind !== 'screened') throw new Error('the sample is screened')
    const unlike = { code: 'familiarity/unlike', message: 'This ECG is unlike those that the pack learned from.' }
    const marks = [...outcome.findings.marks, unlike]
    const [first, , patient] = await textsOf(
      sampleRecord({ reviews: [SIGNED], outcome: { ...outcome, findings: { ...outcome.findings, marks } } }),
    )
    expect(first).toMatch(/Do not rely on this result.*unlike those.*development key/)
    expect(patient).toContain('not reliable')
    expect(patient).not.toMatch(/100 people|Heart failure|the level/)
    expect((await textsOf(sampleRecord()))[2]).toMatch(/100 people[\s\S]*Heart failure/)
  })

  it('is complete in Chinese: no English sentence of its own is left', async () => {
    const texts = await textsOf(sampleRecord({ cine: sampleCine() }), { ...ALL, language: 'zh' })
    expect(texts[0]).toContain('冠状动脉疾病')
    expect(texts[0]).toContain('第 1 页，共 3 页')
    expect(texts[2]).toContain('现在该做什么')
    for (const text of texts) expect(text).not.toMatch(/threshold|Not a medical|Draft|interval|physician|header/i)
    expect(texts[1]).toContain('500 Hz（WFDB 头文件）')
  })

  it('draws rare Han characters, and says which it cannot draw', async () => {
    const record = sampleRecord()
    const patient = { ...record.patient, name: '䶮龘𬭎 Nguyễn Őz' }
    const [known] = await textsOf({ ...record, patient })
    expect(known!.replaceAll(' ', '')).toContain('䶮龘𬭎NguyễnŐz')
    expect(known).not.toContain('〓')
    const [unknown] = await textsOf({ ...record, patient: { ...patient, name: '王𪚥' } })
    expect(unknown).toContain('王〓')
    expect(unknown).toContain('U+2A6A5')
  })

  it('keeps the whole of a long name, and stands where facts are missing', async () => {
    const record = sampleRecord()
    const name = Array.from({ length: 14 }, (_, index) => `Part${index}-of-a-name`).join(' ')
    const [long] = await textsOf({ ...record, patient: { name, source: 'file' } })
    expect(long!.replaceAll(' ', '')).toContain(name.replaceAll(' ', ''))
    const bare = {
      ...record.recording,
      summary: { ...record.recording.summary, heartRateBpm: null },
      window: null,
      measurements: null,
      waveform: { rateHz: 500, leads: record.recording.waveform.leads.slice(0, 5) },
    }
    const [text] = await textsOf({ ...record, patient: { source: 'file' }, recording: bare, date: null })
    expect(text).toContain('Name not stated')
    expect(text).toContain('V6 is not in the file')
  })

  it('is tagged: headings, paragraphs and figures with a text in their stead', async () => {
    const [page] = await openPdf(await writeReport(sampleRecord({ cine: sampleCine() }), ALL))
    const roles = JSON.stringify(await page!.getStructTree())
    for (const role of ['"H1"', '"H2"', '"P"', '"Table"', '"TD"', '"Figure"']) expect(roles).toContain(role)
    expect(roles).toContain('Twelve-lead ECG')
    expect(roles).toContain('not an acquired image')
  })
})
