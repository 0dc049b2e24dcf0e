/**
 * `npm run quality-sweep -- FOLDER`: how often good recordings are refused or suspected, and bad ones are not; the
 * tables of docs/signal-quality.md. FOLDER is what `python -m cardionets_training.raw_ecgs FOLDER` writes; where
 * `python build/quality/generated-ecgs.py FOLDER` ran too, its recordings are swept as well.
 */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { cohortRecordings, realRecordings } from './quality/recordings.ts'
import { sweepCorruptions } from './quality/sweep-corruptions.ts'
import { sweepInterchanges } from './quality/sweep-interchanges.ts'

const folder = resolve(process.argv[2] ?? 'build/cache/raw-ecgs')

console.log('## Simulated, that no threshold was chosen on\n')
sweepCorruptions(cohortRecordings(folder, 'measure', 10))
sweepInterchanges(cohortRecordings(folder, 'measure'), 6)
if (existsSync(join(folder, 'generated.i16'))) {
  console.log('\n## Drawn by a network that learned real ECGs\n')
  sweepInterchanges(cohortRecordings(folder, 'generated', 1, 400))
}
console.log('\n## Real files\n')
sweepCorruptions(realRecordings())
sweepInterchanges(realRecordings())
