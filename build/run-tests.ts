/**
 * `npm test`: types, lint, format, import rules, unit and component tests, build, licences, end-to-end tests; then one
 * summary.
 * Every step runs, also after one has failed. `npm test -- unit "end to end"` runs only the steps that are named.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { ensureBuilt } from './ensure-built.ts'
import { inRepository } from './repository.ts'
import { countVitest, summaryOf, totalsOf, type Outcome, type Totals, type VitestReport } from './test-run/outcome.ts'
import { provideBrowser } from './test-run/provide-browser.ts'
import { runCommand, runScript } from './test-run/run-command.ts'

const steps: Record<string, () => Promise<Totals>> = {
  types: () => check('check:types'),
  lint: () => check('check:lint'),
  format: () => check('check:format'),
  imports: () => check('check:imports'),
  unit: () => vitest('unit', ['--project', 'node']),
  components: () => vitest('components', ['--project', 'dom']),
  build: async () => asOne(await ensureBuilt().then(() => 0, printed)),
  licences: async () => asOne(await runCommand(process.execPath, ['build/run.mjs', 'notices', '--check'])),
  'end to end': endToEnd,
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(steps, name))
if (unknown.length > 0) {
  console.error(`There is no step "${unknown[0]}"; there are: ${Object.keys(steps).join(', ')}.`)
  process.exit(2)
}

const results = inRepository('test-output')
mkdirSync(results, { recursive: true })
const outcomes: Outcome[] = []
for (const [name, run] of Object.entries(steps)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`\n— ${name}`)
  const startedAt = performance.now()
  const totals = await run()
  outcomes.push({ name, ...totals, seconds: (performance.now() - startedAt) / 1000 })
}
const totals = totalsOf(outcomes)
writeFileSync(
  inRepository('test-output', 'summary.json'),
  JSON.stringify({ ...totals, steps: outcomes }, null, 2) + '\n',
)
console.log(`\n${summaryOf(outcomes)}`)
process.exitCode = totals.failed === 0 ? 0 : 1

async function check(script: string): Promise<Totals> {
  return asOne(await runScript(script))
}

async function endToEnd(): Promise<Totals> {
  const browser = await provideBrowser()
  if (!browser) return asOne(1)
  return vitest('end-to-end', ['--config', 'vitest.e2e.config.ts'], { CARDIONETS_BROWSER: browser.path })
}

async function vitest(name: string, args: readonly string[], environment = {}): Promise<Totals> {
  const report = inRepository('test-output', `${name}.json`)
  rmSync(report, { force: true })
  const entry = inRepository('node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const exitCode = await runCommand(process.execPath, [entry, 'run', ...args, ...reporters], environment)
  return countVitest(readReport(report), exitCode)
}

function readReport(path: string): VitestReport | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as VitestReport
  } catch {
    return undefined
  }
}

function asOne(exitCode: number): Totals {
  return { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 }
}

function printed(error: unknown): number {
  console.error(error instanceof Error ? error.message : error)
  return 1
}
