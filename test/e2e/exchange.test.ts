import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addPatient, addWork, bundleOf, PASSPHRASE } from '../registry/exchange/two-laptops.ts'
import { newWorkspace } from '../registry/support.ts'
import { startRealHost, type RealHost } from './support/real-host.ts'
import { signInFresh } from './support/sign-in.ts'
import { launchBrowser, recordComplaints } from './support/test-window.ts'

/** A bundle of another laptop, brought by a stick, with a patient whose id is taken here. */
describe('the exchange page', () => {
  let host: RealHost
  let browser: Browser
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    host = await startRealHost()
    browser = await launchBrowser()
    page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1366, height: 768 } })
    complaints = await recordComplaints(page)
    await page.goto(host.startLink)
    await signInFresh(page)
  })

  afterAll(async () => {
    await browser?.close()
    await host?.close()
  })

  it('takes a bundle after the fingerprint was compared, and a conflict is decided field by field', async () => {
    const other = await newWorkspace()
    const theirs = addPatient(other, { localId: 'P-1', name: '王小明', contact: 'the mill', heightCm: 171 })
    addWork(other, theirs.id, 'over there')
    const buffer = await bundleOf(other)
    await page.keyboard.press('n')
    await page.fill('input[data-test="local-id"]', 'P-1')
    await page.fill('input[data-test="patient-name"]', '王小明')
    await page.fill('input[data-test="birth-date"]', '1980-02-03')
    await page.click('[data-test="save-patient"]')
    await page.locator('[data-test="identity"]', { hasText: 'P-1' }).waitFor()

    await page.click('nav a[href$="exchange"]')
    await page.getByText('Nothing to decide').waitFor()
    await page.setInputFiles('[data-test="bundle-file"] input', {
      name: 'stick.cardionets-bundle',
      mimeType: 'application/octet-stream',
      buffer,
    })
    await page.fill('input[data-test="import-passphrase"]', PASSPHRASE)
    await page.click('[data-test="import-bundle"]')
    await page.click('[data-test="trust-sender"]')
    const conflict = page.locator('[data-test="conflict"]')
    await conflict.waitFor()
    await page.locator('[data-test="taken"]', { hasText: '1 recording' }).waitFor()
    await page.check('[data-test="theirs-contact"]')
    await page.fill('[data-test="decision-reason"]', 'asked the patient')
    await page.click('[data-test="decide-theirs"]')
    await page.getByText('Nothing to decide').waitFor()

    await page.click('nav a[href$="patients"]')
    await page.getByText('王小明').click()
    const identity = page.locator('[data-test="identity"]')
    await identity.waitFor()
    expect(await page.locator('main').innerText()).toContain('the mill')
    await expect.poll(() => page.locator('main').innerText()).toContain('recording.hea')
  })

  it('hands out a bundle of its own', async () => {
    await page.click('nav a[href$="exchange"]')
    await page.fill('input[data-test="export-passphrase"]', PASSPHRASE)
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-test="export-bundle"]')])
    expect(download.suggestedFilename()).toMatch(/^cardionets-[0-9a-f]{8}-.*\.cardionets-bundle$/)
    expect(complaints).toEqual([])
  })
})
