/**
 * `npm run bench:unattended [FILES]`: a batch of FILES recordings (default 1,000, some of them repeated or broken)
 * through the window of the built application. In the middle everything is killed at once, as by a power failure, and
 * started again; afterwards there must be one outcome for each file, one report, and a whole audit trail. Meanwhile the
 * window is used: how late its frames and a change of page ever were is printed.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { chromium, type Browser, type Page } from 'playwright-core'
import { makeFiles } from '../test/app/batch/made-files.ts'
import { startRealHost } from '../test/e2e/support/real-host.ts'
import { signInFresh, TEST_PERSON } from '../test/e2e/support/sign-in.ts'
import { findBrowser } from './find-browser.ts'
import { OUTCOME_COUNTS, useWindow, WATCH_FRAMES, type WindowUse } from './unattended/use-window.ts'

const count = Number(process.argv[2] ?? 1000)
/** One of so many files is not a recording, and one has the waveform of another. */
const BROKEN_OF = 50
const REPEATED_OF = 40

const folder = mkdtempSync(join(tmpdir(), 'cardionets-unattended-'))
const source = join(folder, 'recordings')
const workspace = join(folder, 'workspace')
const found = findBrowser()
if (!found) throw new Error('A window needs Chromium, Chrome or Edge.')
const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox', '--disable-gpu'] })
try {
  const expected = writeRecordings()
  const before = await startRealHost(workspace)
  const first = await openWindow(browser, before.startLink)
  await signInFresh(first)
  const startedMs = performance.now()
  await startBatch(first)
  const uses = [await useWindow(first, async () => done(await counts(first)) >= count * 0.45)]
  const killedAt = await counts(first)
  await before.kill()
  await first.close()

  const host = await startRealHost(workspace)
  const page = await openWindow(browser, host.startLink)
  await page.fill('input[data-test="name"]', TEST_PERSON.name)
  await page.fill('input[data-test="password"]', TEST_PERSON.password)
  await page.click('[data-test="sign-in"]')
  await page.waitForSelector('nav')
  await openBatch(page)
  const resumedAt = await counts(page)
  uses.push(await useWindow(page, async () => done(await counts(page)) >= count))
  await openBatch(page)
  await page.locator('[data-test="batch-state"]', { hasText: 'Finished' }).waitFor()
  const seconds = (performance.now() - startedMs) / 1000
  const ended = await counts(page)
  const rows = await reportRows(page)
  await host.close()
  const sound =
    done(ended) === count &&
    rows === count &&
    done(resumedAt) >= done(killedAt) &&
    Object.entries(expected).every(([outcome, wanted]) => ended[outcome] === wanted)
  console.log(JSON.stringify({ files: count, seconds: Math.round(seconds), killedAt, resumedAt, ended, expected, rows, window: worst(uses), sound }, null, 1)) // prettier-ignore
  if (!sound) process.exitCode = 1
} finally {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
}

function writeRecordings(): Record<string, number> {
  mkdirSync(source, { recursive: true })
  const patients = Math.ceil(count / 4)
  const expected = { screened: 0, known: 0, refused: 0 }
  for (let index = 0; index < count; index += 1) {
    const name = `r${String(index).padStart(6, '0')}`
    if (index % BROKEN_OF === BROKEN_OF - 1) {
      writeFileSync(join(source, `${name}.dcm`), 'no recording')
      expected.refused += 1
      continue
    }
    const repeated = index % REPEATED_OF === REPEATED_OF - 1
    expected[repeated ? 'known' : 'screened'] += 1
    const owner = (repeated ? index - 1 : index) % patients
    const patient = { id: `P${owner}`, name: `Example^Number${owner}` }
    makeFiles(source, [{ name, index: repeated ? index - 1 : index, patient }])
  }
  return expected
}

async function openWindow(from: Browser, startLink: string): Promise<Page> {
  const page = await from.newPage({ locale: 'en-GB', viewport: { width: 1366, height: 768 }, acceptDownloads: true })
  page.setDefaultTimeout(120_000)
  await page.addInitScript(WATCH_FRAMES)
  await page.goto(startLink)
  return page
}

async function startBatch(page: Page): Promise<void> {
  await page.evaluate(`location.hash = '#/batches'`)
  await page.fill('input[data-test="batch-source"]', source)
  await page.getByText('Link, and add new ones').click()
  await page.click('[data-test="batch-start"]')
  await page.waitForSelector('[data-test="batch-state"]')
}

async function openBatch(page: Page): Promise<void> {
  await page.evaluate(`location.hash = '#/batches'`)
  await page.click('[data-test="batch-row"]')
  await page.waitForSelector('[data-test="batch-state"]')
}

async function counts(page: Page): Promise<Record<string, number>> {
  return page.evaluate<Record<string, number>>(OUTCOME_COUNTS)
}

/** What the page counts in all are the files that were found; they are done when they ended in some way. */
function done(found: Record<string, number>): number {
  return Object.entries(found).reduce((sum, [outcome, some]) => sum + (outcome === 'all' ? 0 : some), 0)
}

/** The batch's report: how many files it has a line of. */
async function reportRows(page: Page): Promise<number> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-test="batch-export"]')])
  const lines = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\r\n')
  return lines.filter((line) => /r\d{6}\.dcm/.test(line)).length
}

function worst(uses: readonly WindowUse[]): WindowUse {
  const most = (pick: (use: WindowUse) => number): number => Math.max(...uses.map(pick))
  return {
    frames: uses.reduce((sum, use) => sum + use.frames, 0),
    frameGapP99Ms: most((use) => use.frameGapP99Ms),
    frameGapMostMs: most((use) => use.frameGapMostMs),
    pageChanges: uses.reduce((sum, use) => sum + use.pageChanges, 0),
    pageChangeP95Ms: most((use) => use.pageChangeP95Ms),
    pageChangeMostMs: most((use) => use.pageChangeMostMs),
  }
}
