import { h } from 'vue'
import type { Formatter } from '../../format.ts'
import type { WorkRow } from '../../contract.ts'
import type { PagedColumn } from '../common/paged/paged-column.ts'
import RiskMarks from '../findings/RiskMarks.vue'
import PatientCell from './PatientCell.vue'
import ReadingQuality from './ReadingQuality.vue'
import WorkStateWord from './WorkStateWord.vue'

type LiveState = 'waiting' | 'screening' | 'failed'

/** Every column that the work list can have, in their order; the first is always there. */
export function workColumns(
  t: (key: string) => string,
  format: Formatter,
  liveState: (row: WorkRow) => LiveState | undefined,
): PagedColumn<WorkRow>[] {
  return [
    {
      key: 'patient',
      title: t('worklist.columnPatient'),
      width: 170,
      order: 'patient',
      cell: (row) => h(PatientCell, { row }),
    },
    {
      key: 'recording',
      title: t('worklist.columnRecording'),
      width: 126,
      grows: true,
      cell: (row) => h('span', { class: 'work-file', title: row.file }, row.file),
    },
    {
      key: 'recorded',
      title: t('worklist.columnRecorded'),
      width: 172,
      order: 'recordedAt',
      cell: (row) => h('span', { class: 'quiet' }, format.dateTime(row.recordedAt ?? undefined)),
    },
    {
      key: 'quality',
      title: t('worklist.columnQuality'),
      width: 112,
      cell: (row) => h(ReadingQuality, { row }),
    },
    {
      key: 'risk',
      title: t('findings.diseases'),
      width: 420,
      order: 'risk',
      cell: (row) =>
        row.diseases
          ? h(RiskMarks, { diseases: row.diseases, doubtful: row.doubtful })
          : h('span', { class: 'faint' }, '–'),
    },
    {
      key: 'state',
      title: t('worklist.columnState'),
      width: 118,
      order: 'state',
      cell: (row) => h(WorkStateWord, { state: liveState(row) ?? row.state }),
    },
    {
      key: 'imported',
      title: t('worklist.columnImported'),
      width: 172,
      order: 'importedAt',
      cell: (row) => h('span', { class: 'quiet' }, format.dateTime(row.importedAt)),
    },
  ]
}
