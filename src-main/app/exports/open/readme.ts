/** Lies in every export, for whoever opens it without CardioNets. */
export const exportReadme = `A registry of CardioNets Desktop in open formats. NOT ENCRYPTED: it names patients. Keep it accordingly.

*.csv            UTF-8, comma, one table each, first line the columns. Nothing between two commas is "not known"; texts
                 are quoted. A text that a spreadsheet would run or change begins with an apostrophe; so does each text
                 that begins with one itself: take one apostrophe away. Times *_ms are milliseconds since 1970 (UTC).
                 Columns *_json hold JSON. Columns *_blob and blob_id hold the SHA-256 of a file under files/.
patient, recording, recording_source, recording_file, screening, review, attachment, patient_merge, person, audit
files/ab/ab12…   the exact content, named by its SHA-256: files as imported (recording_file.csv gives their names),
                 waveforms and encoder inputs (MessagePack, float32 arrays, mV), attached files
recordings/      each recording in WFDB format 16, named by recording.id
cines/           cines in NIfTI-1, named by attachment.id; "ai-generated" ones were never acquired
reports/         reports in PDF: one of each screening as it stood at the export (screening-….pdf, by screening.id), and the
                 signed ones as they were kept (by attachment.id). The first are views; an import makes none of them anew
audit.csv        the audit trail; the hash of each line covers the line and the hash before it
manifest.json    every file with bytes and SHA-256, the signed end of the audit trail, and the signature of it all

"cardionets registry import-export FOLDER" reads it into a workspace without patients. Exported again, all is the same
except audit.csv and manifest.json, which are the new workspace's own; so are site name and paper in reports/screening-….
Accounts, settings and reader studies are not in
here: accounts belong to one workspace, and a study has an export of its own that keeps it blinded.
`
