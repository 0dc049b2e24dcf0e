import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ModelManifest } from '../../src-preload/contract/manifest.ts'
import { filmed, readCanvas, showCopied } from './support/cine-pixels.ts'
import { rateDifference, watchPlaying } from './support/cine-rate.ts'
import { startRealHost, type RealHost } from './support/real-host.ts'
import { signInFresh } from './support/sign-in.ts'
import { launchBrowser, recordComplaints } from './support/test-window.ts'
import { hasSampleData, SAMPLE_DATA } from './support/wfdb-16.ts'

/** What the window must say of the pack is what the pack says of itself. */
const manifest = ModelManifest.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../models/reference/manifest.json'), 'utf8')),
)
const shots = join(import.meta.dirname, '../../test-output/cine')

/** The generated cine with all that tells how far it can be trusted: real host, real pack, real ECG. */
describe.skipIf(!hasSampleData)('the generated cine', () => {
  let host: RealHost
  let browser: Browser
  let page: Page
  let complaints: string[]
  const own = (): Locator => page.locator('[data-test="pane-generated"]').first()
  const frame = async (): Promise<number> => Number.parseInt(await page.locator('[data-test="frame"]').innerText(), 10)
  const look = async (name: string, part: string): Promise<void> => {
    await page.locator(`[data-test="${part}"]`).scrollIntoViewIfNeeded()
    await page.screenshot({ path: join(shots, `${name}.png`) })
  }

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    host = await startRealHost()
    browser = await launchBrowser()
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1366, height: 768 } })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    page = await context.newPage()
    complaints = await recordComplaints(page)
    await page.goto(host.startLink)
    await signInFresh(page)
    const files = ['HR06000.hea', 'HR06000.mat'].map((name) => join(SAMPLE_DATA, 'wfdb', name))
    await page.setInputFiles('[data-test="file-input"]', files)
    await page.locator('article.line').getByRole('button', { name: 'Open' }).click()
    await page.click('[data-test="generate"]')
    await own().waitFor()
  })

  afterAll(async () => {
    await browser?.close()
    await host?.close()
  })

  it('beats as fast as the ECG, and says what the pack says of its cines', async () => {
    const player = page.locator('[data-test="player"]')
    expect(await player.locator('> figcaption').innerText()).toMatch(/One beat in 87\d ms \(69 bpm\)/)
    const { ssim, meanImageSsim, comparedSubjects } = manifest.generator.quality!
    const said = await page.locator('[data-test="cine-quality"]').innerText()
    expect(said).toContain(`${ssim.toFixed(2)} on ${comparedSubjects} held-out subjects`)
    expect(said).toContain(`reaches ${meanImageSsim.toFixed(2)}`)
    expect(said).toContain(ssim > meanImageSsim ? 'is nearer to the truth' : 'is no nearer to the truth')
    await look('player-1366', 'player')
  })

  it('says the rate that is painted, at any speed and while the computer is busy', async () => {
    for (const speed of [0.25, 3]) expect(await rateDifference(page, speed, 0)).toBeLessThanOrEqual(1)
    for (const busyMs of [40, 0]) expect(await rateDifference(page, 1, busyMs)).toBeLessThanOrEqual(1)
  })

  it('is filmed playing: at the pace of the ECG, each picture marked', async () => {
    const said = await page.locator('[data-test="player"] > figcaption').innerText()
    const cycleMs = Number(said.match(/One beat in (\d+) ms/)![1])
    await page.locator('[data-test="fps"]', { hasText: /\d/ }).waitFor()
    expect(Math.abs((await page.evaluate(watchPlaying, 2000)) - 50_000 / cycleMs)).toBeLessThan(1)
    const film = await filmed(page, own().locator('.view'), shots)
    expect(film.different).toBe(4)
    for (const share of film.ink) expect([share, share > 0.02 && share < 0.5]).toEqual([share, true])
  })

  it('is led by the cursor on the beat, and leads it', async () => {
    await page.keyboard.press('Space')
    await page.getByText('paused').waitFor()
    const strip = page.locator('[data-test="beat-strip"]')
    const box = (await strip.boundingBox())!
    await page.mouse.click(box.x + box.width * 0.401, box.y + 20)
    expect(await frame()).toBe(21)
    await page.keyboard.press('Home')
    expect(await strip.getAttribute('aria-valuenow')).toBe('1')
    const still = await readCanvas(own())
    await page.keyboard.press('ArrowRight')
    expect(await strip.getAttribute('aria-valuetext')).toContain('17 ms after the R peak')
    expect((await readCanvas(own())).sum).not.toBe(still.sum)
    // End-systole of every cine of this pack lies near frame 18.
    expect(await strip.innerText()).toMatch(/ED[\s\S]*ES/)
  })

  it('plays between A and B only, at a speed that is typed or dragged', async () => {
    for (let step = 0; step < 9; step++) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('a')
    for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('b')
    expect(await page.locator('[data-test="loop-frames"]').innerText()).toBe('11–16')
    await page.keyboard.press('Space')
    for (let look = 0; look < 6; look++) {
      await page.waitForTimeout(60)
      expect(await frame()).toBeGreaterThanOrEqual(11)
      expect(await frame()).toBeLessThanOrEqual(16)
    }
    await page.locator('[data-test="speed-grip"]').scrollIntoViewIfNeeded()
    const grip = (await page.locator('[data-test="speed-grip"]').boundingBox())!
    await page.mouse.move(grip.x + 5, grip.y + 5)
    await page.mouse.down()
    await page.mouse.move(grip.x - 75, grip.y + 5)
    await page.mouse.up()
    await expect.poll(() => page.locator('[data-test="player"] .speed input').inputValue()).toBe('0.50')
    await page.keyboard.press('Space')
  })

  it('carries the mark on the screen, zoomed in, printed and in what is copied', async () => {
    const shown = await readCanvas(own())
    expect(shown.ink).toBeGreaterThan(1000)
    await page.click('[data-test="copy-image"]')
    await page.getByText('Copied, marks included.').waitFor()
    const copied = await page.evaluate(showCopied)
    expect(copied).toEqual([480, 480])
    expect(await readCanvas(page.locator('#copied'))).toEqual(shown)
    await page.evaluate(() => document.querySelector('#copied')!.remove())
    await page.emulateMedia({ media: 'print' })
    expect(await own().locator('canvas').isVisible()).toBe(true)
    expect(await readCanvas(own())).toEqual(shown)
    await page.emulateMedia({ media: 'screen' })
    await page.locator('.zoom .el-select__wrapper').click()
    await page.getByRole('option', { name: '300 %' }).click()
    expect(await page.locator('[data-test="zoomed-mark"]').innerText()).toContain('not an acquired image')
    expect(await readCanvas(own())).toEqual(shown)
    await look('zoomed', 'player')
    await page.getByRole('button', { name: 'Reset' }).click()
  })

  it('offers nothing to measure with', async () => {
    const words = await page.locator('[aria-label="Generated cine"]').innerText()
    expect(words).not.toMatch(/calliper|ruler|\bmm\b|mm²|cm²/i)
  })

  it('stops several seeds within a second, then shows how far they differ', async () => {
    const count = page.getByLabel('Seeds', { exact: true })
    await count.fill('8')
    await page.click('[data-test="generate-spread"]')
    await page.click('[data-test="cancel-cine"]')
    const cancelled = Date.now()
    await page.locator('[data-test="generate-spread"]').waitFor()
    expect(Date.now() - cancelled).toBeLessThan(1000)
    await count.fill('4')
    await page.click('[data-test="generate-spread"]')
    await page.locator('[data-test="cine-tile"]').nth(4).waitFor()
    expect(await page.locator('[data-test="spread-numbers"]').innerText()).toMatch(/0\.\d\d to 0\.\d\d/)
    await page.click('[data-test="most-different"]')
    await page.locator('[data-test="pane-generated"]').nth(1).waitFor()
    await look('most-different', 'player')
    await page.click('[data-test="show-deviation"]')
    await page.locator('[data-test="pane-map"]').waitFor()
    await look('deviation', 'player')
    await look('seeds', 'spread')
  })

  it('moves along a phenotype, as an illustration', async () => {
    await page.click('[data-test="generate-slide"]')
    await page.locator('[data-test="slide-shown"]').waitFor()
    const moved = page.locator('[data-test="pane-generated"] figcaption').nth(1)
    await expect.poll(() => moved.innerText(), { timeout: 10_000 }).toContain('+2.0 SD · illustration')
    const high = await readCanvas(page.locator('[data-test="pane-generated"]').nth(1))
    await page.locator('[data-test="slide-step"] [role="slider"]').press('Home')
    await expect.poll(() => moved.innerText(), { timeout: 10_000 }).toContain('−2.0 SD · illustration')
    const low = await readCanvas(page.locator('[data-test="pane-generated"]').nth(1))
    expect(low.sum).not.toBe(high.sum)
    expect(low.ink).toBeGreaterThan(1000)
    await look('slide', 'slide')
  })

  it('lays a similarity map over itself and says what such maps are worth', async () => {
    const similarity = page.locator('[data-test="similarity"]')
    const { maskAuc, interval, subjects } = manifest.similarityMaps!
    const said = await similarity.innerText()
    expect(said).toContain(`n ${subjects} held-out subjects`)
    expect(said).toContain(`${maskAuc.toFixed(2)} (${interval.map((value) => value.toFixed(2)).join('–')})`)
    expect(said.includes('not informative')).toBe(interval[0] <= 0.5)
    await page.click('[data-test="show-similarity"]')
    await similarity.locator('[data-test="sanity"]').waitFor()
    expect(await similarity.innerText()).toMatch(/Leads shuffled[\s\S]*rank correlation 0\.\d\d · SSIM/)
    await look('similarity', 'similarity')
    await look('overlay', 'player')
    await page.click('[data-test="hide-similarity"]')
  })

  it('shows which stretches of which leads counted, can be stopped, and tests itself', async () => {
    await page.click('[data-test="attribute"]')
    await page.click('[data-test="cancel-attribution"]')
    const cancelled = Date.now()
    await page.locator('[data-test="attribute"]').waitFor()
    expect(Date.now() - cancelled).toBeLessThan(1000)
    await page.click('[data-test="attribute"]')
    await page.locator('[data-test="attribution-paper"]').waitFor()
    const panel = page.locator('[data-test="attribution"]')
    expect(await panel.locator('li').count()).toBe(3)
    expect(await panel.locator('[data-test="sanity"]').innerText()).toMatch(/Random last layer[\s\S]*rank correlation/)
    const before = await readCanvas(panel)
    await panel.locator('.target .el-select__wrapper').click()
    await page.getByRole('option', { name: 'LV myocardial mass' }).click()
    await expect.poll(async () => (await readCanvas(panel)).sum, { timeout: 10_000 }).not.toBe(before.sum)
    expect(await panel.locator('li').first().innerText()).toMatch(/\d s: [+−]\d+\.\d\d g/)
    await look('attribution-1366', 'attribution')
  })

  it('says all of it in Chinese, in the dark, on a large screen', async () => {
    await page.setViewportSize({ width: 1920, height: 1080 })
    await page.getByText('中文').click()
    await page.getByRole('button', { name: '切换到阅片室深色主题' }).first().click()
    expect(await page.locator('[data-test="similarity"]').innerText()).toContain('电影何处与心电图一致')
    await look('player-1920-zh-dark', 'player')
    await look('similarity-1920-zh-dark', 'similarity')
    await look('attribution-1920-zh-dark', 'attribution')
    expect(complaints).toEqual([])
  })
})
