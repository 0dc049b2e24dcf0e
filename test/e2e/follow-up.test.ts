import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inRepository } from '../../build/repository.ts'
import { startRealHost, type RealHost } from './support/real-host.ts'
import { signInFresh } from './support/sign-in.ts'
import { launchBrowser, recordComplaints } from './support/test-window.ts'

const fixture = (name: string): string => inRepository('test', 'fixtures', 'ecg', name)

/** Two recordings of one patient: what changed, at which threshold, at which prevalence, and both hearts in step. */
describe('a patient who comes again', () => {
  let host: RealHost
  let browser: Browser
  let page: Page
  let complaints: string[]

  const part = (name: string): Locator => page.locator(`[data-test="${name}"]`)

  async function importForPatient(name: string): Promise<void> {
    await page.click('nav a[href$="import"]')
    await page.setInputFiles('[data-test="file-input"]', [fixture(`${name}.hea`), fixture(`${name}.mat`)])
    await page.locator('article.line', { hasText: name }).locator('[data-test="open"]').click()
    await page.locator('article.disease').nth(3).waitFor()
    await part('choose-patient').click()
    await page.fill('input[data-test="search-words"]', '000123')
    await page.locator('[data-test="search-result"]', { hasText: '000123' }).waitFor()
    await page.keyboard.press('Enter')
    await page.locator('[data-test="patient-band"] a', { hasText: 'Person of a test' }).waitFor()
  }

  beforeAll(async () => {
    host = await startRealHost()
    browser = await launchBrowser()
    page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1366, height: 768 } })
    page.setDefaultTimeout(60_000)
    complaints = await recordComplaints(page)
    await page.goto(host.startLink)
    await signInFresh(page)
    await page.keyboard.press('n')
    await page.fill('input[data-test="local-id"]', '000123')
    await page.fill('input[data-test="patient-name"]', 'Person of a test')
    await page.click('[data-test="save-patient"]')
    await part('identity').waitFor()
    await importForPatient('HR06000')
    await importForPatient('JS20001')
  })

  afterAll(async () => {
    await browser?.close()
    await host?.close()
  })

  it('has the values of the time before beside those of now', async () => {
    await page.getByText('Changes are against the recording of').waitFor()
    for (const change of await page.locator('article.disease .change').allInnerTexts()) {
      expect(change).toMatch(/^[+−±]?\d/)
    }
    expect(await page.locator('article.disease .change').count()).toBe(4)
    await part('phenotypes').getByText('Table', { exact: true }).click()
    const table = part('phenotype-table')
    expect(await table.locator('thead th').last().innerText()).toContain('change')
    expect(await table.locator('tbody tr').count()).toBe(82)
    await table.getByText('Changed', { exact: true }).click()
    const changed = await table.locator('tbody tr').count()
    expect(changed).toBeLessThan(82)
    expect(await table.getByText('more than repeatability').count()).toBe(changed)
  })

  it('is marked at another operating point only to look at', async () => {
    const threshold = (): Promise<string> => page.locator('article.disease .threshold').first().innerText()
    const recorded = await threshold()
    await part('operating-point').getByText('Rule in').click()
    const strict = await threshold()
    const limit = (text: string): number => Number(text.match(/\d\.\d+/)![0])
    expect(limit(strict)).toBeGreaterThan(limit(recorded))
    expect(await part('operating-point').innerText()).toContain('recorded at “Balanced”')
    await part('operating-point').getByText('Balanced', { exact: true }).click()
    expect(await threshold()).toBe(recorded)
    expect(await part('operating-point').innerText()).not.toContain('recorded at')
  })

  it('is as likely to be ill as Bayes has it, wherever the dial of the prevalence stands', async () => {
    const panel = part('prevalence')
    const percents = async (): Promise<number[]> =>
      (await panel.locator('dd strong').allInnerTexts()).map(
        (text) => Number.parseFloat(text.replace(/[<> ]/g, '')) / 100,
      )
    const dial = panel.getByRole('slider', { name: 'Prevalence' })
    const before = await part('dial-value').innerText()
    const shown = new Set<string>()
    for (const key of ['Home', 'End']) {
      await dial.press(key)
      await panel.getByText('Turned by hand').waitFor()
      const prevalence = Number.parseFloat(await part('dial-value').innerText()) / 100
      const [ppv, npv, sensitivity, specificity] = await percents()
      const [found, missed] = [sensitivity! * prevalence, (1 - sensitivity!) * prevalence]
      const [false_, well] = [(1 - specificity!) * (1 - prevalence), specificity! * (1 - prevalence)]
      expect(ppv).toBeCloseTo(found / (found + false_), 1.5)
      expect(npv).toBeCloseTo(well / (well + missed), 1.5)
      const people = (await part('people').getAttribute('aria-label'))!
      const counts = people.slice(people.indexOf(':')).match(/\d[\d,]*/g)!
      expect(counts.reduce((sum, count) => sum + Number(count.replace(',', '')), 0)).toBe(1000)
      shown.add(people)
    }
    expect(shown.size).toBe(2)
    await panel.getByRole('button', { name: 'Back' }).click()
    expect(await part('dial-value').innerText()).toBe(before)
  })

  it('has the heart of the time before in step beside that of now, from the same seed', async () => {
    await page.click('[data-test="generate"]')
    await part('pane-generated').waitFor()
    await part('beside').click()
    await page.getByRole('option', { name: /^Before: / }).click()
    await page.getByRole('button', { name: 'Generate the earlier one' }).click()
    await part('pane-generated').nth(1).waitFor()
    const captions = await part('pane-generated').locator('figcaption').allInnerTexts()
    expect(captions[1]).toMatch(/^Before: /)
    expect(captions[1]).toContain(captions[0])
    await page.keyboard.press('Home')
    if (!(await page.getByText('paused').isVisible())) await page.keyboard.press('Space')
    await page.keyboard.press('Home')
    for (let step = 0; step < 7; step++) await page.keyboard.press('ArrowRight')
    const labels = await part('pane-generated')
      .locator('canvas')
      .evaluateAll((canvases) => canvases.map((canvas) => canvas.getAttribute('aria-label')))
    expect(labels).toEqual(Array(2).fill('AI-generated four-chamber cine, frame 8 of 50. Not an acquired image.'))
    expect(complaints).toEqual([])
  })
})
