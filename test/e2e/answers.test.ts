import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFile, FIXTURES } from '../ecg/files.ts'
import { startRealHost, type RealHost } from './support/real-host.ts'
import { signInFresh } from './support/sign-in.ts'
import { launchBrowser, recordComplaints } from './support/test-window.ts'

/** HR06000 as a cart's plain text: whole microvolts under a title, without names, unit and rate. */
function plainText(): string {
  const { channels } = readFile(FIXTURES, 'HR06000.hea')
  const rows = Array.from({ length: 5000 }, (_, t) =>
    channels.map(({ samplesMv }) => Math.round(samplesMv[t]! * 1000)).join(' '),
  )
  return `Rhythm signal: 5000 X 12\n\n${rows.join('\n')}\n`
}

describe('a file that does not say its units, rate and leads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cardionets-answers-'))
  const [first, second] = [join(folder, 'first.txt'), join(folder, 'second.txt')]
  let host: RealHost
  let browser: Browser
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    writeFileSync(first, plainText())
    writeFileSync(second, plainText().replace(/5\n$/, '6\n').replace('-', '-1'))
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

  it('is asked about, shown as it would be, and read as the user says', async () => {
    await page.setInputFiles('[data-test="file-input"]', [first])
    await page.click('[data-test="ask"]')
    await page.waitForSelector('[data-test="answer-dialog"]')
    // Until everything is stated there is nothing to be read.
    expect(await page.isDisabled('[data-test="answer-submit"]')).toBe(true)
    await page.click('[data-test="order-standard"]')
    await page.click('[data-test="answer-unit"]')
    await page.getByRole('option', { name: 'mV', exact: true }).click()
    await page.fill('[data-test="answer-rate"] input', '500')
    await page.keyboard.press('Tab')
    const tried = page.locator('[data-test="tried"]')
    // A thousand times too large is said to be so.
    await tried.getByText('quality/units-implausible').waitFor()
    await page.click('[data-test="answer-unit"]')
    await page.getByRole('option', { name: 'µV', exact: true }).click()
    await tried.getByText('quality/units-implausible').waitFor({ state: 'detached' })
    expect(await tried.innerText()).toMatch(/10\.0 s[\s\S]*500 Hz[\s\S]*69 \/min/)
    await page.click('[data-test="answer-submit"]')
    const line = page.locator('article.line', { hasText: 'first.txt' })
    await line.getByText('numbers in µV, stated by the user').waitFor()
    expect(await line.innerText()).toMatch(/Rate from\s+stated by the user/)
  })

  it('is known by its header the next time', async () => {
    await page.setInputFiles('[data-test="file-input"]', [second])
    const line = page.locator('article.line', { hasText: 'second.txt' })
    await line.getByText('numbers in µV, stated by the user for an earlier file with this header').waitFor()
  })

  it('says of a recording that is known already what this file states, not what the first was asked', async () => {
    const files = ['HR06000.hea', 'HR06000.mat'].map((name) => join(FIXTURES, name))
    await page.setInputFiles('[data-test="file-input"]', files)
    const line = page.locator('article.line', { hasText: 'HR06000.hea' })
    await line.getByText('Known already').waitFor()
    expect(await line.innerText()).toMatch(/gain 1000 adu\/mv in the header[\s\S]*Rate from\s+in the WFDB header/)
    // Nothing was stated by the user about this file, so there is nothing to correct.
    expect(await line.locator('[data-test="ask"]').count()).toBe(0)
  })

  it('says where rate and lead names of every file came from', async () => {
    const files = ['JS20001.hea', 'JS20001.mat'].map((name) => join(FIXTURES, name))
    await page.setInputFiles('[data-test="file-input"]', files)
    const line = page.locator('article.line', { hasText: 'JS20001.hea' })
    await line.getByText('signal names in the WFDB header').waitFor()
    expect(complaints).toEqual([])
  })
})
