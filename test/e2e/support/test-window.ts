import { chromium, type Browser, type Page } from 'playwright-core'
import { findBrowser } from '../../../build/find-browser.ts'
import { DEFAULT_SITE_SETTINGS } from '../../../src-main/registry/tables/site-settings.ts'
import { installFakeApi, type FakeData } from './fake-api.ts'
import { installFakeDrawing } from './fake-drawing.ts'
import { fakeDescription } from './fake-pack.ts'
import { fakeDiseases, fakePhenotypes } from './fake-result.ts'
import { readWfdb16 } from './wfdb-16.ts'

export async function launchBrowser(): Promise<Browser> {
  const found = findBrowser()
  if (!found) throw new Error('The end-to-end tests need Chromium, Chrome or Edge.')
  return chromium.launch({
    executablePath: found.path,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

export interface TestWindow {
  page: Page
  /** Everything that a clean run does not have: policy violations, console output, uncaught errors. */
  complaints: string[]
}

export interface WindowOptions {
  width?: number
  height?: number
  language?: 'en' | 'zh'
  theme?: 'light' | 'dark'
  trained?: boolean
  seeded?: number
  stepMs?: number
  deviceScaleFactor?: number
}

/** Opens the window against the stand-in api. */
export async function openWindow(browser: Browser, url: string, options: WindowOptions = {}): Promise<TestWindow> {
  const {
    width = 1366,
    height = 768,
    language = 'en',
    theme = 'light',
    trained = true,
    seeded = 0,
    stepMs = 15,
  } = options
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: options.deviceScaleFactor ?? 1,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    colorScheme: theme,
  })
  const page = await context.newPage()
  // A busy computer is no failure; the tests' own limit ends what hangs.
  page.setDefaultTimeout(90_000)
  const complaints = await recordComplaints(page)
  await page.addInitScript(installFakeDrawing)
  await page.addInitScript(installFakeApi, fakeData(trained, seeded, stepMs))
  await page.goto(url)
  return { page, complaints }
}

/** Collects policy violations, console output and uncaught errors of a page, from its first script on. */
export async function recordComplaints(page: Page): Promise<string[]> {
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(`console.${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)
    })
  })
  return complaints
}

function fakeData(trained: boolean, seeded: number, stepMs: number): FakeData {
  const description = fakeDescription(trained)
  return {
    description,
    settings: DEFAULT_SITE_SETTINGS,
    diseases: fakeDiseases(description.pack!),
    phenotypes: fakePhenotypes(description.pack!),
    records: [
      { name: 'HR', raw: readWfdb16('wfdb/HR06000') },
      { name: 's0010_re', raw: readWfdb16('wfdb/s0010_re') },
    ],
    seeded,
    stepMs,
  }
}
