/**
 * `npm run quality-sweep -- FOLDER`: how often good recordings are refused or suspected, and bad ones are not; the
 * tables of docs/signal-quality.md. FOLDER is what `python -m cardionets_training.raw_ecgs FOLDER` writes.
 */
import { resolve } from 'node:path'
import { cohortRecordings, realRecordings } from './quality/recordings.ts'
import { sweepCorruptions } from './quality/sweep-corruptions.ts'
import { sweepInterchanges } from './quality/sweep-interchanges.ts'

const folder = resolve(process.argv[2] ?? 'build/cache/raw-ecgs')
const every = Number(process.argv[3] ?? 1)

console.log('## Simulated, the half that no threshold was chosen on\n')
sweepCorruptions(cohortRecordings(folder, 'measure', every * 5))
sweepInterchanges(cohortRecordings(folder, 'measure', every))
console.log('\n## Real files\n')
sweepCorruptions(realRecordings())
sweepInterchanges(realRecordings())
