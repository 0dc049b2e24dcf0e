/**
 * `npm run bench`: our times beside those of the bare runtime doing the same graphs, measured in turn in one run, so
 * that a busy or slow computer changes both; of several rounds the best counts. Prints a table; the limits are those of the product, not a test.
 */
import { benchBatch } from './bench/batch.ts'
import { benchCine } from './bench/cine.ts'
import { benchColdStart } from './bench/cold-start.ts'
import { benchLongList } from './bench/long-list.ts'
import { openBench } from './bench/open-bench.ts'
import { benchPreprocessing } from './bench/preprocessing.ts'
import { printRow, printTableHead } from './bench/report.ts'
import { benchRegistry } from './bench/registry.ts'
import { benchScreening } from './bench/screening.ts'
import { benchWindow } from './bench/window.ts'
import { ensureBuilt } from './ensure-built.ts'

// What is measured is what users start.
await ensureBuilt()
const bench = await openBench()
try {
  printTableHead()
  for (const measure of [
    benchPreprocessing,
    benchScreening,
    benchBatch,
    benchCine,
    benchColdStart,
    benchWindow,
    benchLongList,
    benchRegistry,
  ]) {
    for (const row of await measure(bench)) printRow(row)
  }
} finally {
  await bench.close()
}
