import { serveRenderer } from '../../test/e2e/support/static-server.ts'
import { launchBrowser, openWindow } from '../../test/e2e/support/test-window.ts'
import { ms, type BenchRow } from './report.ts'

const ROWS = 100_000
const FRAME_LIMIT_MS = 1000 / 60
/** Frames that are watched; each moves the list by most of a screen, and jumps now and then. */
const FRAMES = 240

/** A list of 100,000 patients in the window while it is scrolled: how long the page works for a frame. */
export async function benchLongList(): Promise<BenchRow[]> {
  const server = await serveRenderer()
  const browser = await launchBrowser()
  try {
    const { page } = await openWindow(browser, server.url, { width: 1920, height: 1080 })
    await page.evaluate(ANSWER_PATIENTS)
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
    await server.close()
  }
}

// What runs in the page is text: this file knows Node's world, not the page's.

/** The stand-in api answers with so many patients, each page as late as the registry would. */
const ANSWER_PATIENTS = `{
  const { call } = window.api
  window.api.call = async (channel, input) => {
    if (channel !== 'patients:search') return call(channel, input)
    await new Promise((resolve) => setTimeout(resolve, 5))
    const rows = Array.from({ length: Math.min(input.limit, ${ROWS} - input.offset) }, (_, index) => ({
      id: 'p' + (input.offset + index), localId: 'P-' + (input.offset + index), name: '王小明 ' + index, sex: 'male',
      birthDate: '1960-02-03', recordingCount: index % 5, lastRecordedAt: '2026-01-04T09:30:00', positive: index % 3 === 0,
    }))
    return { ok: true, value: { total: ${ROWS}, more: false, rows } }
  }
}`

/** Scripts, styles and layout of each frame, sorted: from the scroll event until the page's boxes are known again. */
const SCROLL = `(async () => {
  const list = document.querySelector('.el-table-v2__body > div, .el-vl__window, .el-table-v2__body')
  const window_ = [...document.querySelectorAll('.el-table-v2 *')].find((one) => one.scrollHeight > 4e6 && one.clientHeight > 0)
  const times = []
  for (let frame = 0; frame < ${FRAMES}; frame += 1) {
    await new Promise(requestAnimationFrame)
    const started = performance.now()
    const scroller = window_ ?? list
    scroller.scrollTop = frame % 20 === 19 ? (frame * 7919 * 48) % (${ROWS} * 48) : scroller.scrollTop + 700
    scroller.dispatchEvent(new Event('scroll'))
    for (let turn = 0; turn < 4; turn += 1) await Promise.resolve()
    document.body.getBoundingClientRect()
    times.push(performance.now() - started)
  }
  if (!document.querySelector('.el-table-v2__row')) throw new Error('no row is drawn')
  return times.sort((one, other) => one - other)
})()`
