import type { Actor, Registry } from '../../registry/registry.ts'
import type { BatchItem } from '../../registry/tables/batch-items.ts'
import { countItems, listItems } from '../../registry/tables/batch-lists.ts'
import { getBatch } from '../../registry/tables/batches.ts'
import { listScreenings } from '../../registry/tables/screenings.ts'
import { describeItem } from '../batch/summarise.ts'
import { isoTime } from '../recordings/recording-entry.ts'
import { csvTable } from './csv.ts'
import { headLine } from './head-line.ts'

const PAGE_ROWS = 500
const DISEASES = ['cad', 'hf', 'cm', 'ph']
const HEAD = [
  ...['file', 'row', 'outcome', 'waiting_for', 'code', 'reason'],
  ...['patient_id', 'patient_name', 'recording_id', 'pack', 'marks'],
  ...DISEASES.flatMap((id) => [`${id}_probability`, `${id}_threshold`, `${id}_positive`]),
]

/** The report of a batch: its counts, one row a file, the signed head of the trail. An export is an entry of it. */
export function exportBatchCsv(registry: Registry, by: Actor, batchId: string): { fileName: string; text: string } {
  const { db } = registry
  const { kind, source, state, startedMs, endedMs } = getBatch(db, batchId)
  const filter = { batchId, outcomes: [], text: '' }
  const table: Parameters<typeof csvTable>[0][number][] = []
  for (let offset = 0; ; offset += PAGE_ROWS) {
    const items = listItems(db, filter, offset, PAGE_ROWS)
    table.push(...items.map((item) => rowOf(registry, source, item)))
    if (items.length < PAGE_ROWS) break
  }
  registry.change(by, (change) =>
    change.audit({ action: 'batch:export', kind: 'batch', id: batchId, after: { rows: table.length } }),
  )
  const about = [
    ['batch', kind, source],
    ['state', state, `${isoTime(startedMs)} – ${endedMs === null ? '' : isoTime(endedMs)}`],
    ...Object.entries(countItems(db, batchId)),
    [],
  ]
  return {
    fileName: `cardionets-batch-${isoTime(startedMs).slice(0, 10)}.csv`,
    text: csvTable([...about, HEAD, ...table, headLine(registry)]),
  }
}

function rowOf({ db }: Registry, source: string, item: BatchItem) {
  const { file, row, outcome, waitingFor, error, patient, recordingId } = describeItem(db, source, item)
  const result = recordingId === null ? undefined : listScreenings(db, recordingId)[0]?.result
  return [
    file,
    row,
    outcome ?? 'queued',
    waitingFor,
    error?.code,
    error?.message,
    patient?.localId,
    patient?.name,
    recordingId,
    result && `${result.pack.id} ${result.pack.version}`,
    result?.marks.map(({ code }) => code).join(' '),
    ...DISEASES.flatMap((id) => {
      const found = result?.diseases.find((disease) => disease.id === id)
      return [found?.probability, found?.threshold, found?.positive]
    }),
  ]
}
