import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { startRealHost } from '../../test/e2e/support/real-host.ts'
import { findBrowser } from '../find-browser.ts'
import { inRepository } from '../repository.ts'
import { ms, type BenchRow } from './report.ts'

const PATIENTS = 100_000
/** Each of them has several cells that draw; how many there are changes nothing, for only those in view are drawn. */
const RECORDINGS = 400
const FRAME_LIMIT_MS = 1000 / 60
/** Frames that are watched, each further by so many pixels: 6,000 a second, faster than a wheel turns. */
const FRAMES = 240
const STEP_PX = 100

/** Long lists in the window while they are scrolled: how long the page works for a frame. */
export async function benchLongList(): Promise<BenchRow[]> {
  const workspace = mkdtempSync(join(tmpdir(), 'cardionets-bench-list-'))
  const demo = ['demo', '--patients', String(PATIENTS), '--recordings', String(RECORDINGS), '--workspace', workspace]
  const made = spawnSync(process.execPath, [inRepository('build', 'cardionets.ts'), ...demo], { encoding: 'utf8' })
  if (made.status !== 0) throw new Error(made.stderr)
  const { users } = JSON.parse(made.stdout) as { users: { name: string; roles: string[]; password: string }[] }
  const nurse = users.find(({ roles }) => roles.includes('operator'))!
  const found = findBrowser()
  if (!found) throw new Error('The bench of the window needs Chromium, Chrome or Edge.')
  const host = await startRealHost(workspace)
  const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1920, height: 1080 } })
    await page.goto(host.startLink)
    await page.fill('input[data-test="name"]', nurse.name)
    await page.fill('input[data-test="password"]', nurse.password)
    await page.click('[data-test="sign-in"]')
    await page.waitForSelector('nav')
    return [
      await scrolled(page, '#/patients', `a frame while ${PATIENTS} patients scroll, p95`),
      await scrolled(page, '#/', `a frame while the work list scrolls, p95`),
    ]
  } finally {
    await browser.close()
    await host.close()
    rmSync(workspace, { recursive: true, force: true })
  }
}

async function scrolled(page: Page, place: string, name: string): Promise<BenchRow> {
  await page.evaluate(`location.hash = '${place}'`)
  await page.waitForSelector('.paged-row')
  const { work, gaps } = await page.evaluate<{ work: number[]; gaps: number[] }>(SCROLL)
  const at = (sorted: readonly number[], share: number): number => sorted[Math.floor(share * (sorted.length - 1))]!
  return {
    name,
    measured: ms(at(work, 0.95)),
    beside: `median ${ms(at(work, 0.5))}, worst ${ms(at(work, 1))}; frames apart p95 ${ms(at(gaps, 0.95))}`,
    limit: `≤ ${FRAME_LIMIT_MS.toFixed(1)} ms (60 a second)`,
    ok: at(work, 0.95) <= FRAME_LIMIT_MS,
  }
}

// What runs in the page is text: this file knows Node's world, not the page's.

/**
 * Of each frame, sorted: scripts, styles and layout (from the scroll event until the page's boxes are known again), and
 * the time since the frame before, which painting without a graphics card is part of.
 */
const SCROLL = `(async () => {
  const scroller = document.querySelector('[role="grid"]')
  const work = []
  const gaps = []
  let before = 0
  let way = ${STEP_PX}
  for (let frame = 0; frame < ${FRAMES}; frame += 1) {
    const now = await new Promise(requestAnimationFrame)
    if (before !== 0) gaps.push(now - before)
    before = now
    const started = performance.now()
    const from = scroller.scrollTop
    scroller.scrollTop += way
    if (scroller.scrollTop === from) way = -way
    scroller.dispatchEvent(new Event('scroll'))
    for (let turn = 0; turn < 4; turn += 1) await Promise.resolve()
    document.body.getBoundingClientRect()
    work.push(performance.now() - started)
  }
  if (!document.querySelector('.paged-row')) throw new Error('no row is drawn')
  const sort = (times) => times.sort((one, other) => one - other)
  return { work: sort(work), gaps: sort(gaps) }
})()`
