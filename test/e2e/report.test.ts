import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inRepository } from '../../build/repository.ts'
import { openPdf, pageSizeMm, picturesOf, textOf } from '../reports/read-pdf.ts'
import { startRealHost, type RealHost } from './support/real-host.ts'
import { signInFresh, TEST_PERSON } from './support/sign-in.ts'
import { launchBrowser, recordComplaints } from './support/test-window.ts'

const fixture = (name: string): string => inRepository('test', 'fixtures', 'ecg', name)
/** Pictures to look at after a run. */
const PICTURES = inRepository('test-output', 'screenshots')
const NAME = '欧阳小明'

/** From the first start to a signed page on paper: sign in, new patient, import, screen, look, sign, PDF. */
describe('a report', () => {
  let host: RealHost
  let browser: Browser
  let page: Page
  let complaints: string[]

  const picture = async (name: string): Promise<void> => {
    mkdirSync(PICTURES, { recursive: true })
    await page.screenshot({ path: join(PICTURES, `report-${name}.png`) })
  }
  const saved = async (button: string): Promise<{ name: string; bytes: Buffer }> => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click(`[data-test="${button}"]`)])
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
  }
  const previewed = (count: number) =>
    expect.poll(() => page.locator('[data-test="report-preview"] canvas').count(), { timeout: 60_000 }).toBe(count)

  beforeAll(async () => {
    host = await startRealHost()
    browser = await launchBrowser()
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1366, height: 768 } })
    page = await context.newPage()
    page.setDefaultTimeout(60_000)
    complaints = await recordComplaints(page)
    await page.goto(host.startLink)
    await signInFresh(page)
  })

  afterAll(async () => {
    await browser?.close()
    await host?.close()
  })

  it('goes from a new patient over an imported, screened recording with a cine to the draft of a report', async () => {
    await page.keyboard.press('n')
    await page.fill('input[data-test="local-id"]', '000123')
    await page.fill('input[data-test="patient-name"]', NAME)
    await page.fill('input[data-test="birth-date"]', '1960-02-03')
    await page.click('[data-test="save-patient"]')
    await page.locator('[data-test="identity"]', { hasText: '000123' }).waitFor()
    await page.setInputFiles('[data-test="file-input"]', [fixture('HR06000.hea'), fixture('HR06000.mat')])
    await page.click('[data-test="open"]')
    await page.locator('article.disease').nth(3).waitFor()
    await page.click('[data-test="choose-patient"]')
    await page.fill('input[data-test="search-words"]', '000123')
    await page.locator('[data-test="search-result"]', { hasText: '000123' }).waitFor()
    await page.keyboard.press('Enter')
    await page.locator('[data-test="patient-band"] a', { hasText: NAME }).waitFor()
    await page.click('[data-test="generate"]')
    await page.locator('[data-test="player"]').waitFor()
    await page.keyboard.press('r')
    await page.locator('[data-test="report-state"]', { hasText: 'Draft' }).waitFor()
    await previewed(1)
    await picture('draft')
  })

  it('is signed, and its PDF read by another program says who it is of, what was found and who signed', async () => {
    await page.keyboard.press('Escape')
    await page.locator('[data-test="report-dialog"]').waitFor({ state: 'hidden' })
    await page.locator('[data-test="agreement"]').getByText('Agree', { exact: true }).click()
    await page.fill('[data-test="review"] textarea', 'Echocardiography within two weeks.')
    await page.click('[data-test="open-signing"]')
    await page.fill('input[data-test="password"]', TEST_PERSON.password)
    await page.click('[data-test="dialog-act"]')
    await page.locator('[data-test="review"] ol', { hasText: 'Signed' }).waitFor()
    await page.click('[data-test="open-report"]')
    await page.check('[data-test="technical-page"]')
    await page.check('[data-test="patient-page"]')
    await page.locator('[data-test="report-state"]', { hasText: 'Signed' }).waitFor()
    await previewed(3)
    await picture('signed')
    const first = await saved('save-report')
    const pages = await openPdf(first.bytes)
    expect(pages.map((one) => pageSizeMm(one).map(Math.round))).toEqual([
      [297, 210],
      [297, 210],
      [210, 297],
    ])
    const texts = await Promise.all(pages.map(textOf))
    for (const text of texts) expect(text).not.toMatch(/draft/i)
    for (const words of [NAME, '000123', 'Heart failure', 'not for clinical use', `Signed by ${TEST_PERSON.name}`]) {
      expect(texts[0]).toContain(words)
    }
    expect(texts[2]).toContain('Echocardiography within two weeks.')
    expect(first.bytes.length).toBeGreaterThan(100_000)
    expect(first.bytes.length).toBeLessThan(1_500_000)
    const second = await saved('save-report')
    expect(sha256(second.bytes)).toBe(sha256(first.bytes))
  })

  it('prints each page on a sheet of its own size', async () => {
    await page.evaluate(() => {
      window.print = () => document.body.append(document.querySelector('.print-sheet')!.cloneNode(true))
    })
    await page.click('[data-test="print-report"]')
    const sheets = page.locator('.print-sheet > img')
    await expect.poll(() => sheets.count(), { timeout: 60_000 }).toBe(3)
    const printed = await page.pdf({ preferCSSPageSize: true, printBackground: true })
    await page.evaluate(() => document.querySelector('.print-sheet')!.remove())
    const sizes = [
      [297, 210],
      [297, 210],
      [210, 297],
    ]
    const printedPages = await openPdf(printed)
    expect(printedPages.map((one) => pageSizeMm(one).map(Math.round))).toEqual(sizes)
    // Each picture is as large as its sheet to a quarter of a millimetre, so a second of the ECG in it is 25 mm long.
    for (const [index, one] of printedPages.entries()) {
      const [[width, height] = [0, 0]] = await picturesOf(one)
      expect(Math.abs(width - sizes[index]![0]!)).toBeLessThan(0.25)
      expect(Math.abs(height - sizes[index]![1]!)).toBeLessThan(0.25)
    }
  })

  it('saves values, animation, picture and video, each made of marked pixels', async () => {
    const csv = await saved('save-csv')
    expect(csv.bytes.toString('utf8')).toContain('"phenotype","LVEDV"')
    expect((await saved('save-gif')).bytes.toString('latin1', 0, 6)).toBe('GIF89a')
    expect((await saved('save-png')).bytes.toString('latin1', 1, 4)).toBe('PNG')
    const video = await saved('save-video')
    expect(video.name).toMatch(/\.ai-generated\.(mp4|webm)$/)
    const blank = await browser.newPage()
    const { seconds, white } = await blank.evaluate(playBack, video.bytes.toString('base64'))
    await blank.close()
    expect(seconds).toBeGreaterThan(3)
    // The ink of the mark, on its plate in the upper left corner.
    expect(white).toBeGreaterThan(100)
    writeFileSync(join(PICTURES, `cine.${video.name.split('.').at(-1)}`), video.bytes)
  })

  it('is as legible in Chinese', async () => {
    await page.locator('[data-test="report-language"]').getByText('中文').click()
    await expect.poll(async () => (await textsOfPreview(page)).length, { timeout: 60_000 }).toBe(3)
    const { bytes } = await saved('save-report')
    expect(await textOf((await openPdf(bytes))[0]!)).toContain('医生结论')
    await picture('chinese')
    expect(complaints).toEqual([])
  })

  it('leaves the patient out of the support file', async () => {
    // Another window of the same session: a page that saved files before is asked for each one that comes late.
    const other = await page.context().newPage()
    await other.goto(`${new URL(page.url()).origin}/#/help`)
    // It tries every provider against the pack's reference outputs first.
    const coming = other.waitForEvent('download', { timeout: 110_000 })
    await other.click('[data-test="support"]', { timeout: 60_000 })
    const download = await coming
    const bytes = readFileSync(await download.path())
    expect(download.suggestedFilename()).toMatch(/^cardionets-support-.*\.json$/)
    const text = bytes.toString('utf8')
    // It knows of the work that was done here, by numbers only.
    expect(JSON.parse(text)).toMatchObject({ registry: { rows: { patient: 1, recording: 1, screening: 1 } } })
    for (const word of [NAME, '"000123', '1960-02-03', 'HR06000', 'Echocardiography', TEST_PERSON.name]) {
      expect(text).not.toContain(word)
    }
    expect(complaints).toEqual([])
  })
})

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

const textsOfPreview = (page: Page): Promise<string[]> =>
  page
    .locator('[data-test="report-preview"] [role="img"]')
    .evaluateAll((sheets) => sheets.map((sheet) => sheet.getAttribute('aria-label') ?? ''))

/** Opens a video in a page of its own: its length, and the white pixels of its first picture's upper left corner. */
async function playBack(base64: string): Promise<{ seconds: number; white: number }> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  const video = document.createElement('video')
  video.muted = true
  video.src = URL.createObjectURL(new Blob([bytes]))
  await new Promise((resolve, reject) => {
    video.onseeked = resolve
    video.onerror = () => reject(new Error(video.error?.message))
    video.onloadeddata = () => void (video.currentTime = 0.1)
  })
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')!
  context.drawImage(video, 0, 0)
  const { data } = context.getImageData(0, 0, 240, 50)
  let white = 0
  for (let at = 0; at < data.length; at += 4) if (data[at]! > 200) white += 1
  return { seconds: video.duration, white }
}
