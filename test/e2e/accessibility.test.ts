import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsOf } from './support/accessibility.ts'
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

/** Every view and the dialogs, once in English and light, once in Chinese and dark. */
describe('axe finds nothing serious or critical', () => {
  let host: RealHost
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    host = await startRealHost()
    browser = await launchBrowser()
    // The checker itself is put into the page, which our own policy forbids to everybody.
    page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1366, height: 768 }, bypassCSP: true })
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

  async function faultsOfPages(look: string): Promise<string[]> {
    const faults: string[] = []
    for (const path of [...PAGES, recording]) {
      await open(path)
      faults.push(...(await faultsOf(page, `${look} ${path}`)))
    }
    await open('/administration/people')
    await page.click('[data-test="add-person"]')
    await page.waitForTimeout(400)
    faults.push(...(await faultsOf(page, `${look} dialog of a person`)))
    await page.keyboard.press('Escape')
    await page.waitForTimeout(400)
    await page.keyboard.press('?')
    await page.waitForTimeout(400)
    faults.push(...(await faultsOf(page, `${look} shortcuts`)))
    await page.keyboard.press('Escape')
    await page.waitForTimeout(400)
    await page.keyboard.press('Control+k')
    await page.waitForTimeout(400)
    faults.push(...(await faultsOf(page, `${look} search`)))
    await page.keyboard.press('Escape')
    return faults
  }

  let recording = ''

  it('at the door', async () => {
    expect(await faultsOf(page, 'first start')).toEqual([])
    await signInFresh(page)
  })

  it('on any page in English, in the light theme', async () => {
    await page.click('nav a[href$="administration"]')
    await page.locator('tbody tr button').first().click()
    await page.check('[role="dialog"] [data-test="role-coordinator"]')
    await page.click('[role="dialog"] [data-test="dialog-act"]')
    await page.locator('nav a[href$="studies"]').waitFor()
    await page.click('nav a[href$="import"]')
    await page.setInputFiles('[data-test="file-input"]', [fixture('HR06000.hea'), fixture('HR06000.mat')])
    await page.click('[data-test="open"]')
    await page.waitForSelector('[data-test="ecg-paper"]')
    recording = new URL(page.url()).hash.slice(1)
    expect(await faultsOfPages('en light')).toEqual([])
  })

  it('on any page in Chinese, in the dark theme', async () => {
    await page.getByText('中文', { exact: true }).click()
    await page.getByRole('button', { name: '切换到阅片室深色主题' }).click()
    await page.locator('html.dark').waitFor({ state: 'attached' })
    expect(await faultsOfPages('zh dark')).toEqual([])
  })

  it('at the locked door', async () => {
    await page.waitForTimeout(400)
    await page.click('[data-test="lock"]')
    await page.waitForSelector('[data-test="unlock"]')
    expect(await faultsOf(page, 'locked')).toEqual([])
  })
})
