import { h } from 'vue'
import type { BatchRow } from '../../contract.ts'
import type { PagedColumn } from '../common/paged/paged-column.ts'
import ErrorSentence from '../common/ErrorSentence.vue'
import OutcomeWord from './OutcomeWord.vue'

type Translate = (key: string, named?: Record<string, unknown>) => string

/** The columns of a batch's files; what a click on a row opens is the row's own. */
export function batchColumns(t: Translate): PagedColumn<BatchRow>[] {
  return [
    {
      key: 'file',
      title: t('batch.file'),
      width: 240,
      cell: (row) =>
        h('span', { class: 'batch-file', title: row.file }, [
          row.file,
          row.row === null ? null : h('small', { class: 'faint' }, ` ${t('batch.tableRow', { n: row.row })}`),
        ]),
    },
    {
      key: 'outcome',
      title: t('batch.outcome'),
      width: 132,
      cell: (row) => h(OutcomeWord, { outcome: row.outcome }),
    },
    {
      key: 'patient',
      title: t('batch.patient'),
      width: 210,
      cell: (row) => h('span', { class: 'batch-file', title: patientWords(t, row) }, patientWords(t, row)),
    },
    {
      key: 'remark',
      title: t('batch.remark'),
      width: 420,
      grows: true,
      cell: (row) => {
        if (row.error) return h(ErrorSentence, { class: 'batch-remark', error: row.error })
        if (row.differing.length === 0) return ''
        const fields = row.differing.map(({ field }) => t(`patients.mismatch.${field}`)).join(', ')
        return h('span', t('batch.differs', { fields }))
      },
    },
  ]
}

function patientWords(t: Translate, { patient, proposed }: BatchRow): string {
  if (patient) return `${patient.name} · ${patient.localId}`
  return proposed ? t('batch.perhaps', { name: proposed.name, id: proposed.localId }) : ''
}
