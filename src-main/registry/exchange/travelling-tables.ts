/** A table whose rows leave this workspace: in a bundle for another one, and in the full export. */
export interface TravellingTable {
  readonly name: string
  /** The columns by which a row is the same row on every computer. */
  readonly key: readonly string[]
}

/**
 * What travels, owners before what belongs to them. Which columns name blobs, people and owners is read from the
 * foreign keys of the schema, so a new table needs one line here.
 */
export const TRAVELLING: readonly TravellingTable[] = [
  { name: 'patient', key: ['id'] },
  { name: 'recording', key: ['id'] },
  { name: 'recording_source', key: ['id'] },
  { name: 'recording_file', key: ['source_id', 'position'] },
  { name: 'screening', key: ['id'] },
  { name: 'review', key: ['screening_id', 'reviewed_ms', 'record_sha256'] },
  { name: 'attachment', key: ['id'] },
  { name: 'patient_merge', key: ['id'] },
]

/** What stays, and why. A table that stands in neither list fails a test: nothing is left behind by oversight. */
export const STAYING: Readonly<Record<string, string>> = {
  person: 'accounts are of one workspace; the names of those whom a row speaks of travel with it',
  blob: 'sizes and encrypted names of this workspace; the contents travel under their SHA-256',
  batch: 'work of this computer: paths of its disks, what became of each file',
  batch_item: 'see batch',
  setting: 'of this workspace alone, the signing key among them',
  site: 'how this site works',
  site_prevalence: 'see site',
  site_key: 'whose model packs this site trusts',
  saved_view: 'of a person’s window',
  form_draft: 'half-typed forms',
  audit: 'the trail of this workspace; its signed head goes with every bundle and export, its entries with the export',
  study: 'reader studies travel in packages of their own, which keep them blinded',
  study_protocol: 'see study',
  study_reader: 'see study',
  study_item: 'see study',
  study_plan: 'see study',
  study_log: 'see study',
  study_autosave: 'see study',
  study_case: 'see study',
  exchange_partner: 'whom this workspace trusts',
  exchange_seen: 'what this workspace received',
  exchange_conflict: 'what waits for a decision here',
  tally: 'counted by triggers',
  work: 'made by triggers from recordings, screenings and reviews',
  patient_visit: 'see work',
  patient_finding: 'see work',
  patient_search: 'made again from the patients',
}

/** The shadow tables of a full-text index, and SQLite's own. */
export const isInternalTable = (name: string): boolean =>
  name.startsWith('sqlite_') || /^patient_search_(data|idx|docsize|config|content)$/.test(name)
