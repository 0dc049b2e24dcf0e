import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startRealHost, type RealHost } from './support/real-host.ts'
import { signInFresh, unlock } from './support/sign-in.ts'
import { launchBrowser, recordComplaints } from './support/test-window.ts'
import { hasSampleData, SAMPLE_DATA } from './support/wfdb-16.ts'

const series = join(SAMPLE_DATA, 'cine_dicom/siemens_realtime_cine_63')
const shots = join(import.meta.dirname, '../../test-output/real-cine')

/** A real JPEG 2000 series beside a generated cine: real files, real host, real reading child. */
describe.skipIf(!hasSampleData || !existsSync(series))('a real cine beside the generated one', () => {
  let host: RealHost
  let browser: Browser
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    host = await startRealHost()
    browser = await launchBrowser()
    page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1366, height: 768 } })
    complaints = await recordComplaints(page)
    await page.goto(host.startLink)
    await signInFresh(page)
    await page.setInputFiles('[data-test="file-input"]', [join(SAMPLE_DATA, 'dicom_ecg/waveform_ecg.dcm')])
    await page.locator('article.line').getByRole('button', { name: 'Open' }).click()
    await page.locator('[data-test="generate"]').waitFor()
  })

  afterAll(async () => {
    await browser?.close()
    await host?.close()
  })

  it('asks whose it is, and lets the box be placed with the keyboard', async () => {
    await page.setInputFiles('[data-test="cine-file-input"]', readdirSync(series).map((name) => join(series, name))) // prettier-ignore
    const placer = page.locator('[data-test="box-placer"]')
    await placer.waitFor()
    expect(await placer.getAttribute('aria-label')).toContain('column 128, row 128')
    await placer.focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Shift+ArrowDown')
    expect(await placer.getAttribute('aria-label')).toContain('column 127, row 138')
    const panel = page.locator('[data-test="real-cine"]')
    expect(await panel.innerText()).toMatch(/Series 63[\s\S]*scanner’s number[\s\S]*1\.48 × 1\.48 mm/)
    await panel.scrollIntoViewIfNeeded()
    await panel.screenshot({ path: join(shots, 'place.png') })
    const attach = page.locator('[data-test="attach-cine"]')
    // The headers name somebody else than the ECG does.
    expect(await attach.isDisabled()).toBe(true)
    await page.check('[data-test="confirm-identity"]')
    await attach.click()
    await page.locator('[data-test="detach-cine"]').waitFor()
    expect(await panel.innerText()).toContain('confirmed by hand')
  })

  it('is there again after a lock, and nothing of it meanwhile', async () => {
    await page.keyboard.press('Control+Shift+l')
    await page.waitForSelector('[data-test="unlock"]')
    expect(await page.locator('canvas').count()).toBe(0)
    await unlock(page)
    await page.locator('[data-test="detach-cine"]').waitFor()
  })

  it('takes a cine that is dropped on its panel, and turns and mirrors it as it is placed', async () => {
    const bytes = readFileSync(join(SAMPLE_DATA, 'cine_dicom/MR-MONO2-8-16x-heart_multiframe.dcm')).toString('base64')
    await page.locator('[data-test="real-cine"]').evaluate((panel, content) => {
      const file = new File([Uint8Array.from(atob(content), (one) => one.charCodeAt(0))], 'heart.dcm')
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(file)
      panel.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    }, bytes)
    await page.locator('[data-test="box-placer"]').waitFor()
    await page.click('[data-test="turn-cine"]')
    await page.click('[data-test="mirror-cine"]')
    await page.locator('[data-test="mirror-cine"][aria-pressed="true"]').waitFor()
    expect(page.url()).toContain('/recordings/')
    await page.locator('[data-test="real-cine"]').getByRole('button', { name: 'Cancel' }).click()
    await page.locator('[data-test="detach-cine"]').waitFor()
  })

  it('plays both in step and says how alike they are', async () => {
    await page.click('[data-test="generate"]')
    await page.locator('[data-test="pane-acquired"] canvas').waitFor({ timeout: 100_000 })
    const likeness = page.locator('[data-test="likeness"] dl')
    await likeness.waitFor()
    expect(await likeness.innerText()).toMatch(/SSIM[\s\S]*0\.\d{3}[\s\S]*dB/)
    await page.keyboard.press('Home')
    await page.locator('[data-test="player"]').scrollIntoViewIfNeeded()
    await page.screenshot({ path: join(shots, 'beside.png') })
    expect(await page.locator('[data-test="pane-acquired"] .acquired').innerText()).toBe('Acquired')
  })

  it('lies under the map of similarity as the generated one does, on one scale, with controls of its own', async () => {
    const acquired = page.locator('[data-test="pane-acquired"]')
    const picture = (): Promise<string> =>
      acquired.locator('canvas').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())
    if (!(await page.getByText('paused').isVisible())) await page.click('[data-test="play"]')
    await page.keyboard.press('Home')
    const plain = await picture()
    await page.click('[data-test="show-similarity"]')
    const similarity = page.locator('[data-test="similarity"]')
    await similarity.getByText('Over the acquired cine').waitFor()
    await expect.poll(picture).not.toBe(plain)
    expect(await similarity.locator('[data-test="sanity"]').count()).toBe(2)
    expect(await similarity.innerText()).toMatch(/ECG and acquired cine: [−-]?\d\.\d\d/)
    expect(await acquired.locator('.acquired').innerText()).toBe('Acquired')
    await page.locator('[data-test="player"]').scrollIntoViewIfNeeded()
    await page.screenshot({ path: join(shots, 'map-over-acquired.png') })
    await page.click('[data-test="hide-similarity"]')
    await expect.poll(picture).toBe(plain)
  })

  it('leaves when it is removed, without a complaint of the browser', async () => {
    await page.click('[data-test="detach-cine"]')
    await page.locator('[data-test="choose-cine"]').waitFor()
    expect(await page.locator('[data-test="pane-acquired"]').count()).toBe(0)
    expect(complaints).toEqual([])
  })
})
