import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowserHost, type BrowserHost } from '../../src-main/hosts/browser/browser-host.ts'
import { lockedStudy, studiedWorkspace, CUSTODIANS, type StudiedWorkspace } from '../app/studies/studied-workspace.ts'
import { ensureBuilt } from '../../build/ensure-built.ts'
import { builtRendererDir } from '../../src-main/hosts/renderer-files.ts'
import { launchBrowser, recordComplaints } from './support/test-window.ts'

const DAY = 86_400_000
const CASES = 4
/** Screenshots to look at, where a folder is named. */
const SHOTS = process.env['CARDIONETS_SHOTS']

/** The real window over the real dispatcher and registry, with a clock that the test owns. */
describe('a reader study in the window', () => {
  let workspace: StudiedWorkspace
  let host: BrowserHost
  let browser: Browser
  let page: Page
  let complaints: string[]
  const sent: string[] = []
  let studyId = ''

  beforeAll(async () => {
    workspace = await studiedWorkspace(2)
    await workspace.signIn('coordinator')
    ;({ studyId } = await lockedStudy(workspace, CASES))
    const dispatcher = {
      call: async (channel: string, input: unknown) => {
        const reply = await workspace.dispatcher().call(channel, input)
        if (channel.startsWith('study:')) sent.push(JSON.stringify(reply, withoutPixels))
        return reply
      },
      onEvent: (listener: Parameters<ReturnType<StudiedWorkspace['dispatcher']>['onEvent']>[0]) =>
        workspace.dispatcher().onEvent(listener),
    }
    await ensureBuilt()
    host = await startBrowserHost({ dispatcher, rendererDir: builtRendererDir(), port: 0 })
    browser = await launchBrowser()
    page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1366, height: 768 } })
    page.setDefaultTimeout(60_000)
    complaints = await recordComplaints(page)
    await page.goto(host.startLink)
  })

  afterAll(async () => {
    await browser?.close()
    await host?.close()
    workspace?.access().close()
  })

  async function shoot(name: string): Promise<void> {
    if (!SHOTS) return
    mkdirSync(SHOTS, { recursive: true })
    await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: false })
  }

  const go = async (path: string): Promise<void> => {
    await page.evaluate((hash) => (location.hash = hash), `#/help`)
    await page.evaluate((hash) => (location.hash = hash), `#${path}`)
  }

  async function readOne(confidenceShare: number): Promise<void> {
    const place = page.locator('[data-test="place"]')
    const before = await place.innerText()
    const line = page.locator('[data-test="confidence"]')
    if (await line.count()) {
      expect(await page.locator('[data-test="submit"]').isDisabled()).toBe(true)
      const box = (await line.boundingBox())!
      await page.mouse.click(box.x + confidenceShare * box.width, box.y + box.height / 2)
      await page.locator('[data-test="question-call"] button').first().click()
      await page.locator('[data-test="question-seen"] button').nth(1).click()
    } else await page.locator('[data-test="question-real"] button').first().click()
    workspace.pass(20_000)
    await page.click('[data-test="submit"]')
    await page.waitForFunction(
      (old) => document.querySelector('[data-test="place"]')?.textContent?.split(' · ')[0] !== old.split(' · ')[0],
      before,
    )
  }

  it('shows a coordinator counts and times, and begins a new study in steps', async () => {
    await go('/studies')
    await page.locator('[data-test="study-row"]').waitFor()
    await shoot('1-studies')
    await page.locator('[data-test="study-row"] button').click()
    await page.locator('[data-test="board"]').waitFor()
    expect(await page.locator('[data-test="commitment"]').innerText()).toMatch(/^[0-9a-f]{64}$/)
    await shoot('2-board')
    await page.click('[data-test="amend"]')
    await page.fill('[data-test="amend-title"]', 'Example, amended')
    await page.fill('[data-test="amend-reason"]', 'The title names the hospital.')
    await page.click('[data-test="amend-submit"]')
    await page.locator('[data-test="version"]').nth(1).waitFor()
    expect(await page.locator('[data-test="version"]').first().innerText()).toContain('"Example, amended"')
    await shoot('2-versions')
    await go('/studies')
    await page.fill('input[placeholder="Title of the new study"]', 'Another study')
    await page.getByRole('button', { name: 'Article design' }).click()
    await page.locator('[data-test="step-cases"]').waitFor()
    await shoot('3-cases')
    await page.locator('[data-test="source"]').getByText('From the registry').click()
    await page.click('[data-test="find-recordings"]')
    await page.getByText('No signed recording fits').waitFor()
    await shoot('3-cases-registry')
    for (const step of ['stages', 'arms', 'questions', 'analysis', 'lock']) {
      await page.click(`[data-test="step-${step}"]`)
      await page.waitForFunction(
        (name) => document.querySelector(`[data-test="step-${name}"]`)?.getAttribute('aria-current') === 'step',
        step,
      )
      await shoot(`4-step-${step}`)
    }
    expect(await page.locator('[data-test="problems"]').innerText()).toContain('at least 4 cases')
  })

  it('gives a reader the case and the questions, and nothing else', async () => {
    await workspace.signIn('reader1')
    await go('/studies')
    await page.locator('[data-test="my-study"]').waitFor()
    await shoot('5-my-studies')
    sent.length = 0
    await page.click('[data-test="enter"]')
    await page.click('[data-test="begin"]')
    await page.locator('[data-test="reading-case"]').waitFor()
    await shoot('6-reading-room')
    // Whoever comes back clicks where the questions were.
    const line = page.locator('[data-test="confidence"]')
    const box = await line.boundingBox()
    await page.clock.install()
    await page.clock.fastForward(61_000)
    await page.locator('[data-test="away"]').waitFor()
    expect(await line.boundingBox()).toEqual(box)
    await page.mouse.move(400, 400)
    await page.locator('[data-test="away"]').waitFor({ state: 'detached' })
    await page.clock.resume()
    for (let index = 0; index < CASES - 1; index++) await readOne(0.2 + 0.2 * index)
  })

  it('comes back to the same case after a reload, half an answer and the time kept', async () => {
    const place = (await page.locator('[data-test="place"]').innerText()).split(' · ')[0]
    await page.locator('[data-test="question-call"] button').first().click()
    await page.click('[data-test="leave"]')
    await go(`/reading-room/${studyId}`)
    // The room's own program comes late, as from a slow disk: the frame around it waits for it.
    await page.route(/ReadingRoomView.*\.js/, async (asked) => {
      await new Promise((resolve) => setTimeout(resolve, 500))
      await asked.continue()
    })
    await page.reload()
    await page.click('[data-test="begin"]')
    expect((await page.locator('[data-test="place"]').innerText()).split(' · ')[0]).toBe(place)
    expect(await page.locator('[data-test="question-call"] .chosen').count()).toBe(1)
  })

  it('holds the washout, then shows real and generated alike', async () => {
    const box = (await page.locator('[data-test="confidence"]').boundingBox())!
    await page.mouse.click(box.x + 0.9 * box.width, box.y + box.height / 2)
    await page.locator('[data-test="question-seen"] button').nth(1).click()
    await page.click('[data-test="submit"]')
    await page.getByText('The next case opens').waitFor()
    await page.getByRole('button', { name: 'Leave' }).click()
    // Out of the full screen first, then to the studies.
    await page.locator('[data-test="my-study"]').waitFor()
    workspace.pass(29 * DAY)
    await go(`/reading-room/${studyId}`)
    await page.click('[data-test="begin"]')
    await page.locator('[data-test="study-cine"]').waitFor()
    await shoot('7-reading-cine')
    await page.click('[data-test="leave"]')
  })

  it('left no trace of arm, truth or score in what was sent, in the page, in its storage or its memory', async () => {
    const tokens = [
      'ecg-real',
      'ecg-generated',
      'modelScore',
      'modelCall',
      'caseToken',
      'itemId',
      'caseId',
      'stage-2',
      'cardiomyopathy-truth',
    ]
    for (const message of sent) for (const token of tokens) expect(message).not.toContain(token)
    const session = await page.context().newCDPSession(page)
    const found = await page.evaluate(
      () => document.documentElement.outerHTML + JSON.stringify({ ...localStorage, ...sessionStorage }),
    )
    // The window's own programs hold the words of the coordinator's pages; data of this study hold none of its names.
    for (const token of ['modelScore', 'caseToken', 'itemId']) expect(found).not.toContain(token)
    const heap = await heapOf(session)
    for (const token of ['caseToken', 'itemId', 'modelCall']) expect(heap.includes(token), token).toBe(false)
    // A planted leak is found by the same search.
    await page.evaluate(() => Object.assign(window, { planted: { leak: ['caseToken', 'of', 'reader'].join('-') } }))
    expect((await heapOf(session)).includes('caseToken')).toBe(true)
  })

  it('audits itself for the reader, in Chinese as well', async () => {
    await go('/studies')
    await page.click('[data-test="self-audit"]')
    expect(await page.locator('[data-test="audit-panel"]').innerText()).toContain('the arm')
    await shoot('8-self-audit')
    await page.getByText('中文').click()
    await page.getByText('我的阅片').waitFor()
    await shoot('9-my-studies-zh')
    await page.getByText('EN', { exact: true }).click()
  })

  it('is locked, opened by two and shows its report', async () => {
    await workspace.signIn('coordinator')
    await go(`/studies/${studyId}`)
    await page.locator('[data-test="board"]').waitFor()
    await page.fill('input[placeholder="Reason (it is exported)"]', 'All planned reads are done.')
    await page.click('[data-test="lock-data"]')
    await page.fill(`input[placeholder="${CUSTODIANS[0].name}"]`, CUSTODIANS[0].passphrase)
    await page.fill(`input[placeholder="${CUSTODIANS[1].name}"]`, CUSTODIANS[1].passphrase)
    await page.click('[data-test="unblind"]')
    await page.locator('[data-test="results"]').waitFor()
    for (const section of ['primary', 'roc', 'perReader', 'calls', 'time', 'order', 'helped'])
      expect(await page.locator(`[data-test="section-${section}"]`).count(), section).toBe(1)
    await page.locator('[data-test="results"]').scrollIntoViewIfNeeded()
    await shoot('10-results')
    await page.getByText('中文').click()
    await page.locator('[data-test="section-primary"]').getByText('主要结果').waitFor()
    await shoot('11-results-zh')
    await page.getByText('EN', { exact: true }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-test="print-report"]')])
    expect(download.suggestedFilename()).toBe('study-report.pdf')
  })

  it('broke no policy and wrote nothing to the console', () => {
    expect(complaints).toEqual([])
  })
})

function withoutPixels(_: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) ? `${value.byteLength} bytes` : value
}

async function heapOf(session: CDPSession): Promise<string> {
  const chunks: string[] = []
  const collect = ({ chunk }: { chunk: string }): void => void chunks.push(chunk)
  session.on('HeapProfiler.addHeapSnapshotChunk', collect)
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  session.off('HeapProfiler.addHeapSnapshotChunk', collect)
  return chunks.join('')
}
