import { atSite } from '../../../src-preload/contract/findings/at-site.ts'
import type { WorkFilter } from '../../../src-preload/contract/index.ts'
import type { Actor, Registry } from '../../registry/registry.ts'
import { readEntry } from '../recordings/recording-entry.ts'
import { listWork, type WorkOrder } from '../../registry/worklist/list-work.ts'
import type { Today } from '../../registry/worklist/work-conditions.ts'
import { csvTable } from './csv.ts'
import { headLine } from './head-line.ts'

const PAGE_ROWS = 500

const IDENTITY = ['patient_id', 'patient_name', 'sex', 'birth_date']
const RECORDING = ['recording_id', 'file', 'recorded_at', 'imported_at', 'heart_rate_bpm', 'state', 'refusal']
const PROVENANCE = ['screened_at', 'pack', 'pack_sha256', 'provider', 'input_sha256', 'marks']
/** At the prevalence of the row, as on the page. */
const DISEASE_COLUMNS = ['probability', 'lower_95', 'upper_95', 'threshold', 'positive', 'prevalence', 'prevalence_of']
const REVIEW = ['agreement', 'conclusion', 'reviewed_by', 'reviewed_at']

/**
 * Every recording of a filter with every output of its newest screening, and the signed head of the trail in the last
 * line; an export is an entry of the trail.
 */
export function exportWorkCsv(
  registry: Registry,
  by: Actor,
  query: { filter: WorkFilter; order: WorkOrder; descending: boolean },
  today: Today,
): { fileName: string; text: string } {
  const { db } = registry
  const entries = []
  for (let offset = 0; ; offset += PAGE_ROWS) {
    const rows = listWork(db, { ...query, offset, limit: PAGE_ROWS }, today)
    entries.push(...rows.map((row) => ({ state: row.state, entry: readEntry(db, row.id) })))
    if (rows.length < PAGE_ROWS) break
  }
  const phenotypes = entries.find(({ entry }) => entry.screening)?.entry.screening?.phenotypes ?? []
  const diseases = ['cad', 'hf', 'cm', 'ph']
  const head = [
    ...IDENTITY,
    ...RECORDING,
    ...PROVENANCE,
    'operating_point',
    ...diseases.flatMap((id) => DISEASE_COLUMNS.map((column) => `${id}_${column}`)),
    ...['dcm', 'hcm', 'rcm'].map((id) => `${id}_probability`),
    ...phenotypes.map(({ id, unit }) => `${id} (${unit})`),
    ...REVIEW,
  ]
  const table = entries.map(({ state, entry }) => {
    const { patient, ecg, screening, screenings } = entry
    const [newest] = screenings
    const review = newest?.reviews.at(-1)
    return [
      patient?.localId,
      patient?.name,
      patient?.sex,
      patient?.birthDate,
      entry.id,
      entry.file,
      ecg.startTime,
      entry.importedAt,
      ecg.heartRateBpm,
      state,
      entry.refusal?.code,
      newest?.screenedAt,
      newest && `${newest.pack.id} ${newest.pack.version}`,
      newest?.pack.sha256,
      newest?.provider,
      newest?.inputSha256,
      screening?.marks.map(({ code }) => code).join(' '),
      screening && (screening.operatingPoint ?? 'balanced'),
      ...diseases.flatMap((id) => {
        const found = screening?.diseases.find((disease) => disease.id === id)
        if (!found) return DISEASE_COLUMNS.map(() => undefined)
        const { probability, interval, threshold, prevalence, from } = atSite(found)
        return [probability, interval?.[0], interval?.[1], threshold, found.positive, prevalence, from]
      }),
      ...['dcm', 'hcm', 'rcm'].map((id) => screening?.subtypes.find((subtype) => subtype.id === id)?.probability),
      ...phenotypes.map(({ id }) => screening?.phenotypes.find((phenotype) => phenotype.id === id)?.value),
      review?.agreement,
      review?.conclusion,
      review?.reviewedBy,
      review?.reviewedAt,
    ]
  })
  registry.change(by, (change) =>
    change.audit({ action: 'worklist:export', kind: 'registry', id: null, after: { rows: table.length } }),
  )
  return { fileName: `cardionets-${today.date}.csv`, text: csvTable([head, ...table, headLine(registry)]) }
}
