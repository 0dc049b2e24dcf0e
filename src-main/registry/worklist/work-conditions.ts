import type { WorkFilter, WorkState } from '../../../src-preload/contract/index.ts'
import { matchQuery } from '../search/match-query.ts'

/** The present day of this computer: what was recorded on it, or imported since its midnight. */
export interface Today {
  readonly date: string
  readonly startMs: number
}

export interface WorkConditions {
  readonly where: string
  readonly bound: Readonly<Record<string, string | number>>
}

/** Numbers of the recordings of a day, each once, from two indexes; UNION would sort, and scan the table to do so. */
export const TODAY = `SELECT number FROM recording WHERE recorded_date = @todayDate
  UNION ALL SELECT number FROM recording WHERE imported_ms >= @todayMs AND recorded_date IS NOT @todayDate`

/** A filter as a WHERE clause over the table `work`; every value is bound. */
export function workConditions(filter: WorkFilter, today: Today): WorkConditions {
  const wanted: string[] = []
  const bound: Record<string, string | number> = {}
  if (filter.unassigned) wanted.push('assigned = 0')
  if (filter.positive) wanted.push('positive > 0')
  if (filter.today) {
    wanted.push(`number IN (${TODAY})`)
    bound['todayDate'] = today.date
    bound['todayMs'] = today.startMs
  }
  if (filter.states.length > 0) wanted.push(`state IN (${stateNames(filter.states, bound)})`)
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
    match === null
      ? ''
      : `SELECT recording.number FROM recording JOIN patient ON patient.id = recording.patient_id WHERE patient.number IN
          (SELECT rowid FROM patient_search WHERE patient_search MATCH @match) UNION`
  return `number IN (${byPatient}
    SELECT recording.number FROM recording JOIN recording_source ON recording_source.recording_id = recording.id
      WHERE file_name LIKE @like ESCAPE '\\'
    UNION SELECT number FROM recording
      WHERE patient_id IS NULL AND json_extract(summary_json, '$.patient') LIKE @like ESCAPE '\\')`
}
