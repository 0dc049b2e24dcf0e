import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { startRealHost } from '../../test/e2e/support/real-host.ts'
import { findBrowser } from '../find-browser.ts'
import { inRepository } from '../repository.ts'
import { ms, type BenchRow } from './report.ts'

const ROWS = 100_000
const FRAME_LIMIT_MS = 1000 / 60
/** Frames that are watched, each further by so many pixels: 6,000 a second, faster than a wheel turns. */
const FRAMES = 240
const STEP_PX = 100

/** A registry of 100,000 patients in the window while its list is scrolled: how long the page works for a frame. */
export async function benchLongList(): Promise<BenchRow[]> {
  const workspace = mkdtempSync(join(tmpdir(), 'cardionets-bench-list-'))
  const demo = ['demo', '--patients', String(ROWS), '--recordings', '0', '--workspace', workspace]
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
    await page.evaluate(`location.hash = '#/patients'`)
    await page.waitForSelector('.el-table-v2__row')
    const sorted = await page.evaluate<number[]>(SCROLL)
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))]!
    return [
      {
        name: `a frame while ${ROWS} patients scroll, p95`,
        measured: ms(at(0.95)),
        beside: `median ${ms(at(0.5))}, worst ${ms(at(1))}`,
        limit: `≤ ${FRAME_LIMIT_MS.toFixed(1)} ms (60 a second)`,
        ok: at(0.95) <= FRAME_LIMIT_MS,
      },
    ]
  } finally {
    await browser.close()
    await host.close()
    rmSync(workspace, { recursive: true, force: true })
  }
}

// What runs in the page is text: this file knows Node's world, not the page's.

/** Scripts, styles and layout of each frame, sorted: from the scroll event until the page's boxes are known again. */
const SCROLL = `(async () => {
  const scroller = [...document.querySelectorAll('.el-table-v2 *')].find(
    (one) => one.scrollHeight > ${ROWS} * 20 && one.clientHeight > 0 && one.clientHeight < 2000,
  )
  const times = []
  for (let frame = 0; frame < ${FRAMES}; frame += 1) {
    await new Promise(requestAnimationFrame)
    const started = performance.now()
    scroller.scrollTop += ${STEP_PX}
    scroller.dispatchEvent(new Event('scroll'))
    for (let turn = 0; turn < 4; turn += 1) await Promise.resolve()
    document.body.getBoundingClientRect()
    times.push(performance.now() - started)
  }
  if (!document.querySelector('.el-table-v2__row')) throw new Error('no row is drawn')
  return times.sort((one, other) => one - other)
})()`
