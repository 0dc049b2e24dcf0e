/** Help of the commands that open a workspace. */
export const workspaceHelp: Readonly<Record<string, string>> = {
  demo: `cardionets demo --patients N --recordings M --seed S --workspace DIR

Makes a registry of made-up patients in an empty or new workspace, visibly marked as a demonstration, and prints
{"workspace", "users": [{"name", "roles", "password"}], "recoveryCode"}. One seed gives one registry; a larger one
begins with the smaller. The first patients get simulated ECGs, up to four each, screened by the pack that ships.

  --patients N     1 to 10000000 (default 200)
  --recordings M   0 to 10000 (default 60)
  --seed S         0 to 4294967295 (default 0)
  --workspace DIR  the workspace folder
  -h, --help       this text`,

  registry: `cardionets registry import - --workspace DIR --user NAME --password-stdin
cardionets registry batch DIR|CSV --workspace DIR --user NAME --password-stdin [--patients HOW] [--watch]
cardionets registry batch --template
cardionets registry export FOLDER --workspace DIR --user NAME --password-stdin [--report-language en|zh]
cardionets registry import-export FOLDER --workspace DIR --user NAME --password-stdin
cardionets registry bundle export|import FILE --workspace DIR --user NAME --password-stdin [--trust FINGERPRINT]

import: the standard input has the password on its first line and one JSON object on each line after it:
  {"id", "name", "sex"?, "birthDate"?, "heightCm"?, "weightKg"?, "ethnicity"?, "contact"?, "notes"?}   a patient
  {"file", "patient"?, "id"?}                             a recording; "patient" is the id of a patient, "file" a path
{"id", "ok"} is printed after the commit of each row, with "error" where it was refused (exit code 1). A recording whose
file names another person than the patient is kept without one, and its row refused.

batch: imports and screens every recording of a folder, or of a table with the columns of --template, and prints
{"file", "row"?, "outcome", "waitingFor"?, "error"?, "recordingId"?, "patient"?} after the file's commit; "outcome" is
screened, limited, refused, known or waiting. One that was killed goes on when it is started again: its files that were
done before are printed first, and none is lost or doubled. Files that need an answer wait for it in the window.

export: the whole registry as of one moment, NOT encrypted, in open formats (CSV safe for spreadsheets, WFDB, NIfTI,
PDF, every file as imported), with a signed manifest of SHA-256 and the end of the audit trail, into a new folder; its
readme.txt explains it. Prints {"ok", "folder", "files", "rows", "entries"}. import-export reads such a folder into a
workspace without patients, checks every file first, and prints {"ok", "workspace", "madeAt", "rows"}.

bundle: patients, recordings, screenings, reviews and attached files of this workspace for another one, signed and
closed with a passphrase, which is the second line of the standard input. export prints {"ok", "file", "workspace",
"madeAt", "bytes", "rows", "entries"}; "workspace" is the fingerprint of this one. import takes over what is not there
yet and prints {"conflict", "kind", "recordId"} for each difference that waits for a decision in the window, then
{"ok", "workspace", "madeAt", "added", "updated", "conflicts", "openConflicts"}. The first bundle of a sender needs
--trust with the fingerprint that the other computer showed.

  --workspace DIR   the workspace folder
  --user NAME       the sign-in name of an operator (import, batch), of an administrator (all others)
  --patients HOW    batch: unassigned, match (default: link where ID and identity agree) or create (add patients too)
  --watch           batch: goes on looking for new files in DIR until it is stopped
  --pack, --trust, --provider   batch: as for "screen"
  --trust TEXT      the fingerprint of the sender, after you compared it
  --password-stdin  the password is the first line of the standard input
  -h, --help        this text`,

  audit: `cardionets audit verify --workspace DIR --user NAME --password-stdin [--head FILE]

Walks the audit trail of a workspace without changing anything and prints
{"ok", "entries", "head", "firstBad"?: {"index", "reason"}}; exit code 1 when the trail is broken.
The trail is compared with the signed head that lies beside the registry and with those that --head names.

  --workspace DIR   the workspace folder
  --user NAME       the sign-in name
  --password-stdin  the password is the first line of the standard input
  --head FILE       a signed head kept elsewhere (a backup's manifest.json, an export); may be repeated
  -h, --help        this text`,

  backup: `cardionets backup --workspace DIR --user NAME --password-stdin [--to FOLDER]

Makes an encrypted backup, verifies it and prints {"ok", "directory", "madeAt", "bytes", "blobs", "entries"}. Of the
backups in the folder the newest of 7 days, 4 weeks and 12 months are kept.

  --workspace DIR   the workspace folder
  --user NAME       the sign-in name of an administrator
  --password-stdin  the password is the first line of the standard input
  --to FOLDER       where backups go instead of the folder that the workspace names
  -h, --help        this text`,

  restore: `cardionets restore BACKUP --workspace DIR --user NAME --code-stdin

Proves a backup and restores it into an empty or new workspace. The standard input has the recovery code and, on the
next line, a new password for the person. Prints {"ok", "workspace", "madeAt", "patients", "recordings", "screenings",
"entries", "recoveryCode"}; the code is a new one, the old one opens nothing but older backups from here on.

  --workspace DIR  an empty or a new folder
  --user NAME      the sign-in name of a person of the backup
  --code-stdin     recovery code and new password are two lines of the standard input
  -h, --help       this text`,
}
