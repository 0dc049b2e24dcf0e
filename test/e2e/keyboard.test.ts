import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inRepository } from '../../build/repository.ts'
import { startRealHost, type RealHost } from './support/real-host.ts'
import { TEST_PERSON } from './support/sign-in.ts'
import { launchBrowser } from './support/test-window.ts'

const MOST_STOPS = 150

/** The whole of the main job with the hands on the keys: no click anywhere. */
describe('the keyboard alone', () => {
  let host: RealHost
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    host = await startRealHost()
    browser = await launchBrowser()
    page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1366, height: 768 }, acceptDownloads: true })
    page.setDefaultTimeout(60_000)
    await page.goto(host.startLink)
  })

  afterAll(async () => {
    await browser?.close()
    await host?.close()
  })

  /** Tab by tab, as a person would, until the focus is there and can be seen. */
  async function tabTo(selector: string): Promise<void> {
    // The input of a segmented choice is there, yet never drawn itself.
    await page.locator(selector).first().waitFor({ state: 'attached' })
    for (let stop = 0; stop < MOST_STOPS; stop++) {
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) {
        expect(await page.evaluate(() => document.activeElement!.matches(':focus-visible'))).toBe(true)
        return
      }
      await page.keyboard.press('Tab')
    }
    throw new Error(`${selector} was not reached with ${MOST_STOPS} presses of Tab.`)
  }
  async function type(selector: string, text: string): Promise<void> {
    await tabTo(selector)
    await page.keyboard.type(text)
  }
  async function press(selector: string, key = 'Enter'): Promise<void> {
    await tabTo(selector)
    await page.keyboard.press(key)
  }

  it('opens the door and registers a patient', async () => {
    await type('input[data-test="name"]', TEST_PERSON.name)
    await type('input[data-test="new-password"]', TEST_PERSON.password)
    await type('input[data-test="new-password-again"]', TEST_PERSON.password)
    await press('input[data-test="physician"]', 'Space')
    await press('[data-test="create"]')
    const code = await page.locator('[data-test="recovery-code"]').innerText()
    await type('input[data-test="confirm-code"]', code.trim().split(/\s+/).at(-1)!)
    await press('[data-test="code-kept"]')
    await page.waitForSelector('nav')
    await page.keyboard.press('n')
    await type('input[data-test="local-id"]', '000123')
    await type('input[data-test="patient-name"]', 'Person of a test')
    await press('[data-test="save-patient"]')
    await page.locator('[data-test="identity"]', { hasText: '000123' }).waitFor()
  })

  it('imports, screens, looks and generates', async () => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Control+o')])
    await chooser.setFiles(['hea', 'mat'].map((end) => inRepository('test', 'fixtures', 'ecg', `HR06000.${end}`)))
    await press('[data-test="open"]')
    await page.locator('article.disease').nth(3).waitFor()
    await press('[data-test="choose-patient"]')
    await type('input[data-test="search-words"]', '000123')
    await page.locator('[data-test="search-result"]', { hasText: '000123' }).waitFor()
    await page.keyboard.press('Enter')
    await page.locator('[data-test="patient-band"] a').waitFor()
    await press('[data-test="generate"]')
    await page.locator('[data-test="player"]').waitFor()
    await press('[data-test="play"]')
    await page.getByText('paused').waitFor()
    const frame = (): Promise<string> => page.locator('[data-test="frame"]').innerText()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
    expect(await frame()).toMatch(/^2 \//)
  })

  it('signs, and takes the report home', async () => {
    await press('[data-test="agreement"] input', 'Space')
    await type('[data-test="review"] textarea', 'Echocardiography within two weeks.')
    await page.keyboard.press('Tab')
    await page.keyboard.press('s')
    await type('[role="dialog"] input[data-test="password"]', TEST_PERSON.password)
    await page.keyboard.press('Enter')
    await page.locator('[data-test="review"] ol', { hasText: 'Signed' }).waitFor()
    await page.keyboard.press('r')
    await page.locator('[data-test="report-preview"] canvas').first().waitFor()
    await tabTo('[data-test="save-report"]')
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
    expect(download.suggestedFilename()).toMatch(/\.pdf$/)
    await page.keyboard.press('Escape')
    await page.locator('[data-test="report-dialog"]').waitFor({ state: 'hidden' })
  })

  it('shows its keys, and locks', async () => {
    await page.keyboard.press('?')
    await page.locator('[role="dialog"] kbd').first().waitFor()
    await page.keyboard.press('Escape')
    await page.locator('[role="dialog"] kbd').first().waitFor({ state: 'hidden' })
    await page.keyboard.press('l')
    await type('input[data-test="password"]', TEST_PERSON.password)
    await page.keyboard.press('Enter')
    await page.waitForSelector('nav')
  })
})
