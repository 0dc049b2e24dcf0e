import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsInEveryLook } from './support/accessibility.ts'
import { startRealHost, type RealHost } from './support/real-host.ts'
import { signInFresh } from './support/sign-in.ts'
import { launchBrowser } from './support/test-window.ts'

const fixture = (name: string): string => join(import.meta.dirname, '../fixtures/ecg', name)

const PAGES = [
  '/',
  '/patients',
  '/patients/new',
  '/import',
  '/batches',
  '/studies',
  '/exchange',
  '/models',
  '/administration/people',
  '/administration/backup',
  '/administration/audit',
  '/administration/settings',
  '/administration/keys',
  '/help',
]

/** Every view and the dialogs, in both languages and both themes. */
describe('axe finds nothing serious or critical', () => {
  let host: RealHost
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    host = await startRealHost()
    browser = await launchBrowser()
    // The checker itself is put into the page, which our own policy forbids to everybody.
    page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1366, height: 768 }, bypassCSP: true })
    page.setDefaultTimeout(60_000)
    await page.goto(host.startLink)
  })

  afterAll(async () => {
    await browser?.close()
    await host?.close()
  })

  const open = async (path: string): Promise<void> => {
    await page.goto(`${new URL(page.url()).origin}/#${path}`)
    await page.waitForTimeout(350)
  }

  it('at the door', async () => {
    expect(await faultsInEveryLook(page, 'first start')).toEqual([])
    await signInFresh(page)
  })

  it('on a recording with its cine and its maps, and on the report of it', async () => {
    await page.click('nav a[href$="import"]')
    await page.setInputFiles('[data-test="file-input"]', [fixture('HR06000.hea'), fixture('HR06000.mat')])
    await page.click('[data-test="open"]')
    await page.waitForSelector('[data-test="ecg-paper"]')
    await page.locator('article.disease').nth(3).waitFor()
    await page.click('[data-test="generate"]')
    await page.locator('[data-test="player"]').waitFor()
    await page.keyboard.press('Space')
    await page.click('[data-test="show-similarity"]')
    await page.locator('[data-test="similarity"] [data-test="sanity"]').waitFor()
    await page.locator('[data-test="phenotypes"]').getByText('Table', { exact: true }).click()
    const faults = await faultsInEveryLook(page, 'recording')
    await page.keyboard.press('r')
    await page.locator('[data-test="report-preview"] canvas').first().waitFor()
    expect([...faults, ...(await faultsInEveryLook(page, 'report'))]).toEqual([])
    await page.keyboard.press('Escape')
    await page.locator('[data-test="report-dialog"]').waitFor({ state: 'hidden' })
  })

  it('on a patient with a screened recording', async () => {
    await page.click('[data-test="patient-of-file"]')
    await page.fill('input[data-test="local-id"]', '000123')
    await page.fill('input[data-test="patient-name"]', 'Person of a test')
    await page.click('[data-test="save-patient"]')
    await page.locator('[data-test="patient-band"] a').click()
    await page.locator('[data-test="history-row"]').waitFor()
    expect(await faultsInEveryLook(page, 'patient')).toEqual([])
    await page.click('[data-test="edit-patient"]')
    await page.locator('[data-test="patient-form"]').waitFor()
    expect(await faultsInEveryLook(page, 'patient being changed')).toEqual([])
  })

  it('on any other page', async () => {
    await page.click('nav a[href$="administration"]')
    await page.locator('tbody tr button').first().click()
    await page.check('[role="dialog"] [data-test="role-coordinator"]')
    await page.click('[role="dialog"] [data-test="dialog-act"]')
    await page.locator('nav a[href$="studies"]').waitFor()
    const faults: string[] = []
    for (const path of PAGES) {
      await open(path)
      faults.push(...(await faultsInEveryLook(page, path)))
    }
    expect(faults).toEqual([])
  })

  it('in a dialog, the shortcuts and the search', async () => {
    const faults: string[] = []
    await open('/administration/people')
    await page.click('[data-test="add-person"]')
    for (const [name, key] of [['dialog of a person'], ['shortcuts', '?'], ['search', 'Control+k']] as const) {
      if (key) await page.keyboard.press(key)
      await page.locator('[role="dialog"]:visible').waitFor()
      await page.waitForTimeout(350)
      faults.push(...(await faultsInEveryLook(page, name)))
      await page.keyboard.press('Escape')
      await page.locator('[role="dialog"]:visible').waitFor({ state: 'hidden' })
      await page.waitForTimeout(350)
    }
    expect(faults).toEqual([])
  })

  it('at the locked door', async () => {
    await page.click('[data-test="lock"]')
    await page.waitForSelector('[data-test="unlock"]')
    expect(await faultsInEveryLook(page, 'locked')).toEqual([])
  })
})
