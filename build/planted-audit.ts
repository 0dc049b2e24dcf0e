/**
 * `npm run planted-audit [WORD]`: takes away one call of the audit trail at a time, in a copy of this program, and runs
 * the tests that come to it: one of them must then be red. With WORD, only calls in files whose path contains it. Exit
 * code 1 where a call was missed by no test.
 *
 * A first run of all tests notes which of them come to which call and how long each file takes; of the files that come
 * to a call the quickest is asked first, then all others.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inRepository } from './repository.ts'

const COPIED = ['src-main', 'src-preload', 'test', 'build', 'docs', 'package.json']
const LINKED = ['node_modules', 'models', 'src-renderer']
/** Tests that change a registry; those of durability write the same things a thousand times over. */
const TESTS = ['test/registry', 'test/app', 'test/cli']
const CALL = 'change.audit('
/** Stands before each call, and is nothing outside the tests: children and threads keep the trail as ever. */
const instead = (site: number): string => `Object(globalThis.auditAt?.(${site}, change) ?? change).audit(`

const SETUP = `
import { appendFileSync } from 'node:fs'
import { expect } from 'vitest'
const { AUDIT_LOG: log, AUDIT_OFF: off } = process.env
globalThis.auditAt = (site, change) => {
  if (log) appendFileSync(log, site + '\\t' + expect.getState().testPath + '\\n')
  return String(site) === off ? { audit() {} } : change
}
`
const CONFIG = `
import { defineConfig } from 'vitest/config'
export default defineConfig({
  resolve: { alias: { electron: new URL('test/electron-stub.ts', import.meta.url).pathname } },
  test: { include: ['test/**/*.test.ts'], exclude: ['**/durability/**'], setupFiles: ['audit-sites.ts'], testTimeout: 120_000 },
})
`

interface Site {
  /** Path and line, as an editor opens it. */
  readonly place: string
  readonly number: number
}

const copy = mkdtempSync(join(tmpdir(), 'cardionets-audit-'))
try {
  for (const name of COPIED) cpSync(inRepository(name), join(copy, name), { recursive: true, filter: isSource })
  for (const name of LINKED) symlinkSync(inRepository(name), join(copy, name), 'junction')
  writeFileSync(join(copy, 'audit-sites.ts'), SETUP)
  writeFileSync(join(copy, 'vitest.audit.config.ts'), CONFIG)
  const sites = markSites()
  const reached = reachedBy(join(copy, 'reached.tsv'))
  const wanted = sites.filter(({ place }) => place.includes(process.argv[2] ?? ''))
  const missed = wanted.filter((site) => !isSeen(site, reached.get(site.number) ?? []))
  console.log(`${wanted.length - missed.length} of ${wanted.length} calls cannot be taken away without a red test`)
  if (missed.length > 0) process.exitCode = 1
} finally {
  rmSync(copy, { recursive: true, force: true })
}

function isSource(path: string): boolean {
  return !path.startsWith(inRepository('build', 'cache'))
}

/** Puts `instead` before every call in the copy. */
function markSites(): Site[] {
  const sites: Site[] = []
  const files = readdirSync(join(copy, 'src-main'), { recursive: true, encoding: 'utf8' })
  for (const file of files.filter((name) => name.endsWith('.ts')).toSorted()) {
    const path = join(copy, 'src-main', file)
    const parts = readFileSync(path, 'utf8').split(CALL)
    if (parts.length === 1) continue
    let text = parts[0]!
    for (const part of parts.slice(1)) {
      const line = text.split('\n').length
      sites.push({ place: `src-main/${file.replaceAll('\\', '/')}:${line}`, number: sites.length })
      text += instead(sites.length - 1) + part
    }
    writeFileSync(path, text)
  }
  return sites
}

/** The test files that come to each call, the quickest first. */
function reachedBy(log: string): Map<number, string[]> {
  const timings = join(copy, 'timings.json')
  run(TESTS, { AUDIT_LOG: log }, ['--reporter=json', `--outputFile=${timings}`])
  const { testResults } = JSON.parse(readFileSync(timings, 'utf8')) as {
    testResults: { name: string; status: string; startTime: number; endTime: number }[]
  }
  // A file that is red anyway, or needs more of the repository than the copy has, says nothing about a call.
  const green = testResults.filter(({ status }) => status === 'passed')
  for (const { name, status } of testResults) if (status !== 'passed') console.log(`left out (red by itself): ${name}`)
  const took = new Map(green.map(({ name, startTime, endTime }) => [name, endTime - startTime]))
  const found = new Map<number, Set<string>>()
  for (const line of readFileSync(log, 'utf8').trimEnd().split('\n')) {
    const [site, file] = line.split('\t') as [string, string]
    if (took.has(file)) found.set(Number(site), (found.get(Number(site)) ?? new Set()).add(file))
  }
  const byTime = (one: string, other: string): number => (took.get(one) ?? 0) - (took.get(other) ?? 0)
  return new Map([...found].map(([site, files]) => [site, [...files].toSorted(byTime)]))
}

function isSeen({ place, number }: Site, files: readonly string[]): boolean {
  const isRed = (some: readonly string[]): boolean =>
    some.length > 0 && run(some, { AUDIT_OFF: String(number) }, ['--bail=1']).status !== 0
  const seen = isRed(files.slice(0, 1)) || isRed(files.slice(1))
  console.log(`${seen ? 'seen  ' : 'MISSED'} ${place}${files.length === 0 ? ' (no test comes there)' : ''}`)
  return seen
}

function run(files: readonly string[], environment: Record<string, string>, options: readonly string[]) {
  const vitest = join('node_modules', 'vitest', 'vitest.mjs')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [vitest, 'run', '--config', 'vitest.audit.config.ts', ...options, ...files],
    {
      cwd: copy,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      env: { ...process.env, NO_COLOR: '1', ...environment },
    },
  )
  return { status, output: stdout + stderr }
}
