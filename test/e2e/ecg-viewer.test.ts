import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { namedFiles } from './support/files.ts'
import { serveRenderer, type StaticServer } from './support/static-server.ts'
import { launchBrowser, openWindow, type TestWindow } from './support/test-window.ts'
import { hasSampleData } from './support/wfdb-16.ts'

/** The ECG viewer of the built window against a stand-in api. */
describe.skipIf(!hasSampleData)('the ECG viewer', () => {
  let browser: Browser
  let server: StaticServer
  const windows: TestWindow[] = []

  beforeAll(async () => {
    server = await serveRenderer()
    browser = await launchBrowser()
  })

  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  async function openEcg(...files: string[]): Promise<Page> {
    const opened = await openWindow(browser, server.url)
    windows.push(opened)
    const { page } = opened
    await page.goto(`${server.url}#/import`)
    await page.setInputFiles('[data-test="file-input"]', namedFiles(...files))
    await page.locator('article.line', { hasText: files[0]! }).locator('[data-test="open"]').click()
    await page.waitForSelector('[data-test="ecg-paper"]')
    return page
  }

  async function choose(page: Page, list: string, option: string): Promise<void> {
    await page.click(`[data-test="${list}"]`)
    await page.locator('.el-select-dropdown__item:visible', { hasText: option }).first().click()
  }

  /** Tells pictures apart. */
  const picture = (page: Page): Promise<string> =>
    page
      .locator('[data-test="ecg-paper"]')
      .first()
      .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())
  const caption = (page: Page): Promise<string> => page.locator('[data-test="paper-caption"]').innerText()
  const cssHeight = (page: Page): Promise<number> =>
    page
      .locator('[data-test="ecg-paper"]')
      .first()
      .evaluate((canvas) => canvas.getBoundingClientRect().height)

  it('draws every layout, each another picture', async () => {
    const page = await openEcg('HR06000.hea')
    const pictures = new Set([await picture(page)])
    for (const layout of ['3×4 + II, V1, V5', '6×2', 'Cabrera 6×2', '12×1', 'One lead', 'Median beat']) {
      await choose(page, 'layout', layout)
      await expect.poll(async () => pictures.has(await picture(page))).toBe(false)
      pictures.add(await picture(page))
    }
    expect(await caption(page)).toContain('median of 11 of 12 beats')
  })

  it('measures with callipers from the keyboard and with the pointer, and marches out', async () => {
    const page = await openEcg('HR06000.hea')
    await page.keyboard.press('m')
    const reading = page.locator('[data-test="calliper-reading"]')
    expect(await reading.innerText()).toMatch(/1,000 ms\s*·\s*60 \/min\s*·\s*0\.50 mV/)
    // 500 Hz: ten samples are 20 ms.
    await page.keyboard.press('Shift+ArrowLeft')
    await page.keyboard.press('ArrowUp')
    expect(await reading.innerText()).toMatch(/980 ms\s*·\s*61 \/min\s*·\s*0\.51 mV/)
    await page.click('[data-test="march-out"]')
    expect(await page.locator('[data-test="march"]').count()).toBeGreaterThanOrEqual(7)

    const box = (await page.locator('[data-test="callipers"]').boundingBox())!
    const pxPerMm = box.height / (4 * 25 + 10)
    await page.mouse.move(box.x + box.width / 2, box.y + 95 * pxPerMm)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width / 2 + 20 * pxPerMm, box.y + 85 * pxPerMm, { steps: 4 })
    await page.mouse.up()
    const [intervalMs, , amplitudeMv] = (await reading.innerText()).split('·').map((part) => parseFloat(part))
    expect(Math.abs(intervalMs! - 800)).toBeLessThanOrEqual(12)
    expect(Math.abs(amplitudeMv! - 1)).toBeLessThanOrEqual(0.03)
    await page.keyboard.press('m')
    expect(await page.locator('[data-test="callipers"]').count()).toBe(0)
  })

  it('filters the picture only, warns of 40 Hz, and shows the raw trace at one key', async () => {
    const page = await openEcg('HR06000.hea')
    const raw = await picture(page)
    expect(await caption(page)).toContain('no display filter')
    await choose(page, 'low-pass', 'Low-pass: 40 Hz')
    await page.getByText('The 40 Hz low-pass makes R waves smaller').waitFor()
    expect(await caption(page)).toContain('low-pass 40 Hz')
    expect(await picture(page)).not.toBe(raw)
    await page.keyboard.press('f')
    await expect.poll(() => picture(page)).toBe(raw)
    expect(await caption(page)).toContain('no display filter')
    await page.keyboard.press('f')
    expect(await caption(page)).toContain('low-pass 40 Hz')
  })

  it('shows true millimetres once the screen was measured, and remembers it', async () => {
    const page = await openEcg('HR06000.hea')
    await choose(page, 'size', '1:1')
    expect(await caption(page)).toContain('not calibrated')
    await page.click('[data-test="calibrate"]')
    const input = page.getByRole('dialog').locator('input')
    // A screen on which a bank card is 428 px wide shows 5 px a millimetre.
    await input.fill('428')
    await input.press('Enter')
    await page.click('[data-test="store-calibration"]')
    await expect.poll(() => caption(page)).toContain('true millimetres')
    await expect.poll(() => cssHeight(page)).toBeCloseTo(110 * 5, 0)
    await page.reload()
    expect(
      await page.evaluate(() => Object.entries(localStorage).filter(([name]) => name.includes('screen-px-per-mm'))),
    ).toEqual([[expect.stringContaining('1366x768'), '5']])
  })

  it('zooms by key, and moves the paper under the pointer', async () => {
    const page = await openEcg('HR06000.hea')
    const height = await cssHeight(page)
    for (const key of ['+', '+', '+']) await page.keyboard.press(key)
    expect(await page.locator('[data-test="zoom"]').innerText()).toBe('200 %')
    await expect.poll(() => cssHeight(page)).toBeCloseTo(2 * height, 0)
    const scroller = page.locator('.scroller').first()
    const box = (await scroller.boundingBox())!
    await page.mouse.move(box.x + 600, box.y + 100)
    await page.mouse.down()
    await page.mouse.move(box.x + 300, box.y + 100, { steps: 3 })
    await page.mouse.up()
    expect(await scroller.evaluate((element) => element.scrollLeft)).toBe(300)
    await page.keyboard.press('0')
    await expect.poll(() => cssHeight(page)).toBe(height)
  })

  it('sets another ECG below this one, or its median beat over this one’s', async () => {
    const page = await openEcg('HR06000.hea', 's0010_re.hea')
    await choose(page, 'compare', 's0010_re.hea')
    await page.getByText('Compared: s0010_re.hea').waitFor()
    expect(await page.locator('[data-test="ecg-paper"]').count()).toBe(2)
    await page.getByText('median beats over each other').click()
    await page.getByText('blue: s0010_re.hea').waitFor()
    expect(await page.locator('[data-test="ecg-paper"]').count()).toBe(1)
  })

  it('prints nothing and breaks no policy', () => expect(windows.flatMap(({ complaints }) => complaints)).toEqual([]))
})
