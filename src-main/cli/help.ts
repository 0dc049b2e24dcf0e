import { UsageError } from './arguments.ts'
import { workspaceHelp } from './help-workspace.ts'

export const generalHelp = `cardionets: a 12-lead ECG in, heart-disease screening, 82 cardiac-MR phenotypes and a generated cine out.
Not a medical device. Works offline.

  cardionets read FILE…            what a recording holds, and where its units came from
  cardionets screen FILE|DIR…      screen recordings; --cine generates the moving heart
  cardionets cine read FILE|DIR…   real cine MR: DICOM series and NIfTI
  cardionets convert FILE|DIR…     write recordings as WFDB, DICOM, HL7 aECG, CSV or NPY
  cardionets pack verify DIR       check a model pack's signature, files and graphs
  cardionets doctor                which providers compute correctly on this computer, and how fast
  cardionets demo                  a workspace of made-up patients
  cardionets registry import -     patients and recordings into a workspace, one JSON object a line
  cardionets registry export       a whole registry in open formats: CSV, WFDB, NIfTI, PDF
  cardionets registry bundle       exchanges registries between computers by USB
  cardionets registry batch DIR    a folder or table of recordings into a workspace, screened and resumable
  cardionets audit verify          whether the audit trail of a workspace is whole
  cardionets backup                a verified, encrypted backup of a workspace
  cardionets restore BACKUP        a backup into an empty workspace, by the recovery code
  cardionets study verify BUNDLE   a reader study's frozen bundle: checked, analysed, or simulated
  cardionets serve                 the window in a browser on this computer

Results are NDJSON on stdout, messages go to stderr. Exit code 0: all done, 1: some refused, 2: wrong usage.
"cardionets COMMAND --help" tells more.`

const ANSWERS = `  --unit UNIT      what the file's numbers are, where it does not say or says it wrong: V, mV, uV or nV
  --gain N         stored steps for one UNIT (default 1)
  --rate HZ        sampling rate
  --leads LIST     names of the columns or channels in the order of the file, as I,II,-,V1; "-" leaves one out
  --mapping FILE   the same as JSON: {"rateHz": 500, "unit": "uV", "gain": 1, "leads": ["I", …],
                   "table": {"delimiter": "tab", "firstLine": 3}}`

const commands: Record<string, string> = {
  ...workspaceHelp,

  cine: `cardionets cine read FILE|DIR… [options]

Reads real cine MR (DICOM series, multi-frame and enhanced objects, NIfTI) and prints one line a cine: format, size,
spacing, frame times, what decided the order of the frames, and which fields of an identity the headers hold. Folders
are walked; the files of one folder are read together, so that a series may lie in many files.

  --out DIR        writes each cine in the shape of a generated one: *.acquired.npy ([50,96,96] float32, 0 to 1) and
                   *.acquired.gif with the label “Acquired image”
  --plane P        xy (default), xz or yz: which plane of a volume is shown
  --slice N        which slice of that plane, from 1 (default: the middle one)
  --time AXIS      fourth (default), or third: the axis that the plane cuts is time
  --box X,Y        column and row of the centre of the 96 × 96 box, from 0 (default: the middle of the image)
  --frames A-B     first and last frame of one heart beat, from 1 (default: all)
  -h, --help       this text

A file or plane that is no cine gives {"file", "status": "refused", "error"} and exit code 1. Written files and lines
hold no name, id or date of birth; file names are printed as given.`,

  read: `cardionets read FILE… [--samples] [--measurements]

Prints one line a file: format, rate, length, where the units came from, leads, heart rate, warnings.

  --measurements   adds "measurements": intervals, QTc and axes of our own with the reason where one can't be measured, the
                   ends of the waves in the median beat, and beside them what the device wrote into the file
  --samples        adds "samples": every channel in mV at the file's own rate, keyed by channel name
${ANSWERS}
  -h, --help       this text

A file that can't be read gives {"file", "status": "refused", "error": {"code", "message"}} and exit code 1.
Companion files (a WFDB record's signal files) are taken from the same folder.`,

  screen: `cardionets screen FILE|DIR… [options]

Screens each recording and prints one line for it, in the order of the arguments; folders are walked in name order,
hidden entries left out. Signal files that a WFDB header names get no line of their own.

  --cine           generates a cine of each recording: an animated image that carries the mark "AI-generated from ECG –
                   not an acquired image", and the raw values as *.ai-generated.npy ([50,96,96] float32, 0 to 1)
  --report         writes a report of each recording as PDF: the ECG at true scale, what the screening says, stills of a
                   generated cine; also of a refused recording that could be read. The same input gives the same bytes
  --report-language en (default) or zh
  --paper PAPER    A4 (default) or Letter
  --technical-page adds a page with all values, the signal of each lead and where the recording's numbers come from
  --patient-page   adds a page in plain language for the person who was recorded
  --out DIR        where --cine and --report write (default: the current folder)
  --seed N         0 to 4294967295 (default 0); one seed and one pack give one cine
  --sampler NAME   ddim25 (default) or ddpm100
  --operating-point NAME   screen (finds 90 % of the ill), balanced (default) or rule-in (2 % false alarms)
  --prevalence ID=SHARE    how common a disease is among these people, as hf=0.02; may be repeated. Lines then have
                           "atSite": probabilities moved from the pack's prevalence to it
  --pack DIR       a model pack other than the one that ships
  --trust FILE     a public key (.pub) to trust for this run, after you compared its fingerprint
  --provider NAME  auto (default), cpu, webgpu, dml, cuda, coreml
${ANSWERS}
  -h, --help       this text

A recording that can't be screened gives {"file", "status": "refused", "error"} and exit code 1; the others go on.`,

  convert: `cardionets convert FILE|DIR… --to FORMAT [options]

Writes each recording in another format, reads that back and prints the largest difference of a sample in mV.

  --to FORMAT      wfdb (format 16), dicom (12-lead ECG, above 16,384 samples general ECG), aecg (HL7), csv, npy
  --out DIR        where the files go (default: the current folder); nothing is written over
  --anonymous      leaves out patient, time and device
${ANSWERS}
  -h, --help       this text

16-bit formats keep the steps of the file, or else the finest steps that the recording fits into. Channels that a
format has no place for are named in "leftOut".`,

  pack: `cardionets pack verify DIR [--trust FILE]

Checks signature, hashes, schema and graphs of a model pack without running it and prints
{"path", "ok", "id", "version", "trained", "keyId", "error"?}.

  --trust FILE     a public key (.pub) to trust for this run, after you compared its fingerprint
  -h, --help       this text`,

  doctor: `cardionets doctor [--pack DIR] [--trust FILE]

Tries every provider against the pack's golden outputs on this computer and prints versions, parity, timing and memory.

  -h, --help       this text`,

  study: `cardionets study verify BUNDLE [--commitment SHA256]
cardionets study analyse BUNDLE
cardionets study simulate --out BUNDLE [options]

BUNDLE is the ZIP file that the window saves, or the folder that it unpacks to. verify checks it from the ground up
(checksums, commitment, allocation from its seed, signed logs, every table and number) and prints
{"path", "ok", "commitment", "checks"}; with --commitment it is held against the one that was written down at the lock. analyse computes the report anew and prints one JSON with "primary",
"sensitivity", "perReader", "model" and more; entries are {"function", "label", "results"}. simulate runs a whole study
with virtual readers of known accuracy.

  --readers N          2 to 100 (default 6)
  --cases N            10 to 2000 (default 111)
  --prevalence P       share of cases with the disease (default 77/111)
  --auc A[,B[,C]]      true area with the ECG, with a real cine, with a generated one (default 0.75,0.8,0.85);
                       one value for all, two for the ECG and for either cine
  --model-auc A        true area of the model, or none (default 0.85)
  --tell-accuracy P    how often readers tell real from generated (default 0.5)
  --design NAME        article (default) or williams
  --seed S             0 to 4294967295 (default 1); one seed gives one study
  --out BUNDLE         a new file where it ends with .zip, else an empty or new folder
  -h, --help           this text`,

  serve: `cardionets serve [options]

Serves the window on 127.0.0.1 and prints a start link that works once.

  --port N         1024 to 65535 (default: a free one)
  --workspace DIR  the workspace folder
  --pack DIR       a model pack other than the one that ships
  --trust FILE     a public key (.pub) to trust, after you compared its fingerprint
  --provider NAME  auto (default), cpu, webgpu, dml, cuda, coreml
  -h, --help       this text`,
}

export function commandHelp(name: string): string {
  const text = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (text === undefined) throw new UsageError(`There is no command "${name}".`)
  return text
}
