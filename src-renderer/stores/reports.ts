import { defineStore } from 'pinia'
import { call } from '../api.ts'
import type { CineId, ExportKind, MadeReport, RecordingId, ReportChoices, ScreeningId } from '../contract.ts'
import { saveFile } from '../save-file.ts'

/** Of what something is made. */
export interface ReportSubject {
  recordingId: RecordingId
  screeningId: ScreeningId | null
}

/** Reports and other files of one recording. Nothing is kept here: main makes it again, or has it. */
export const useReportsStore = defineStore('reports', () => {
  /** @throws AppError */
  function make(subject: ReportSubject, choices: ReportChoices, cineId: CineId | null): Promise<MadeReport> {
    return call('report:make', { ...subject, choices, cineId })
  }

  /** The trail has it before the file leaves. @throws AppError `files/not-written` */
  async function save(subject: ReportSubject, { fileName, pdf, sha256 }: MadeReport): Promise<void> {
    await call('report:note-export', { ...subject, kind: 'report-saved', sha256 })
    await saveFile(fileName, pdf)
  }

  function notePrint(subject: ReportSubject, { sha256 }: MadeReport): Promise<void> {
    return call('report:note-export', { ...subject, kind: 'report-printed', sha256 })
  }

  async function saveFindings(
    recordingId: RecordingId,
    screeningId: ScreeningId,
    format: 'csv' | 'json',
  ): Promise<void> {
    const { fileName, content } = await call('report:export-findings', { recordingId, screeningId, format })
    await saveFile(fileName, content)
  }

  /** @param frame  null for the whole beat as an animated image */
  async function saveCine(cineId: CineId, frame: number | null): Promise<void> {
    const { fileName, content } = await call('report:export-cine', { cineId, frame })
    await saveFile(fileName, content)
  }

  /** What the window itself has encoded, from pixels that carry the mark. */
  async function saveMade(subject: ReportSubject, kind: ExportKind, name: string, content: Uint8Array): Promise<void> {
    await call('report:note-export', { ...subject, kind, sha256: await sha256Of(content) })
    await saveFile(name, content)
  }

  return { make, save, notePrint, saveFindings, saveCine, saveMade }
})

async function sha256Of(content: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(content)))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
