import type { WorkFilter, WorkState } from '../../../src-preload/contract/index.ts'
import { matchQuery } from '../search/match-query.ts'

/** The newest screening of a recording decides what the list says of it. */
export const WORK_SOURCE = `recording
  LEFT JOIN patient ON patient.id = recording.patient_id
  LEFT JOIN screening ON screening.number =
    (SELECT max(number) FROM screening AS newest WHERE newest.recording_id = recording.id)`

/** A recording without a screening is refused or waits for one; a screening that nobody has looked at is a draft. */
export const WORK_STATE = `CASE
  WHEN screening.id IS NOT NULL THEN coalesce(
    (SELECT state FROM review WHERE screening_id = screening.id ORDER BY number DESC LIMIT 1), 'draft')
  WHEN recording.refusal_code IS NOT NULL THEN 'refused'
  ELSE 'unscreened' END`

/** How many diseases are above their thresholds; NULL without a screening. */
export const POSITIVE_COUNT = `(screening.positive_cad + screening.positive_hf + screening.positive_cm
  + screening.positive_ph)`

/** The present day of this computer: what was recorded on it, or imported since its midnight. */
export interface Today {
  readonly date: string
  readonly startMs: number
}

export interface WorkConditions {
  readonly where: string
  readonly bound: Readonly<Record<string, string | number>>
}

/** A filter as a WHERE clause; every value is bound. */
export function workConditions(filter: WorkFilter, today: Today): WorkConditions {
  const wanted: string[] = []
  const bound: Record<string, string | number> = {}
  if (filter.unassigned) wanted.push('recording.patient_id IS NULL')
  if (filter.positive) wanted.push(`${POSITIVE_COUNT} > 0`)
  if (filter.today) {
    wanted.push('(recording.recorded_date = @todayDate OR recording.imported_ms >= @todayMs)')
    bound['todayDate'] = today.date
    bound['todayMs'] = today.startMs
  }
  if (filter.states.length > 0) wanted.push(`${WORK_STATE} IN (${stateNames(filter.states, bound)})`)
  if (filter.text.trim() !== '') wanted.push(textCondition(filter.text.trim(), bound))
  return { where: wanted.length === 0 ? '1' : wanted.join(' AND '), bound }
}

function stateNames(states: readonly WorkState[], bound: Record<string, string | number>): string {
  return states
    .map((state, index) => {
      bound[`state${index}`] = state
      return `@state${index}`
    })
    .join(', ')
}

/** A patient that the search finds, or the name of the file, or what the file of nobody says of its patient. */
function textCondition(text: string, bound: Record<string, string | number>): string {
  bound['like'] = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  const match = matchQuery(text)
  if (match !== null) bound['match'] = match
  const byPatient =
    match === null ? '0' : 'patient.number IN (SELECT rowid FROM patient_search WHERE patient_search MATCH @match)'
  return `(${byPatient}
    OR recording.id IN (SELECT recording_id FROM recording_source WHERE file_name LIKE @like ESCAPE '\\')
    OR (recording.patient_id IS NULL AND json_extract(recording.summary_json, '$.patient') LIKE @like ESCAPE '\\'))`
}
