import { AppError } from '../../../src-preload/contract/errors.ts'
import type { CaseTableReport } from '../../../src-preload/contract/study-cases.ts'
import type { StudyId } from '../../../src-preload/contract/ids.ts'
import { CASE_TABLE_TEMPLATE } from '../../reader-study/cases/case-table.ts'
import type { Emit, Handlers } from '../dispatch.ts'
import type { Services } from '../services.ts'
import type { PrepareOptions } from '../studies/prepare-cases.ts'
import { prepareFolder } from '../studies/prepare-folder.ts'
import { probePictures } from '../studies/probe-pictures.ts'
import { candidates, prepareRecordings, previewCase } from '../studies/registry-cases.ts'

/** `study:*` of a draft's cases: from a folder or from the registry; one study is prepared at a time. */
export function studyCaseHandlers(services: Services, emit: Emit) {
  const { access } = services
  const running = new Map<StudyId, AbortController>()
  async function prepare(
    studyId: StudyId,
    work: (options: PrepareOptions) => Promise<CaseTableReport>,
  ): Promise<CaseTableReport> {
    if (running.size > 0)
      throw new AppError('study/preparing', 'Cases are being prepared already. Wait, or stop it first.')
    const cancel = new AbortController()
    running.set(studyId, cancel)
    try {
      return await work({
        signal: cancel.signal,
        onCase: (done, of) => emit('study:preparing', { studyId, done, of }),
      })
    } finally {
      running.delete(studyId)
    }
  }
  return {
    'study:case-template': () => CASE_TABLE_TEMPLATE,
    'study:prepare-folder': ({ studyId, folder }) =>
      prepare(studyId, (options) => prepareFolder(services, studyId, folder, options)),
    'study:find-recordings': ({ filter }) => candidates(access.registry(), filter),
    'study:prepare-recordings': ({ studyId, cases }) =>
      prepare(studyId, (options) => prepareRecordings(services, studyId, cases, options)),
    'study:cancel-preparing': ({ studyId }) => running.get(studyId)?.abort(),
    'study:probe-pictures': ({ studyId }) => probePictures(access.registry(), studyId),
    'study:preview-case': ({ studyId, caseId }) => previewCase(access.registry(), studyId, caseId),
  } satisfies Partial<Handlers>
}
