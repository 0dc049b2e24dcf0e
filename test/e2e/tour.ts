/**
 * Pictures of every view in both languages and themes, into test-output/screenshots, to be looked at.
 * `node test/e2e/tour.ts 1366 zh dark` takes only those.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { namedFiles } from './support/files.ts'
import { serveRenderer } from './support/static-server.ts'
import { launchBrowser, openWindow } from './support/test-window.ts'

const OUTPUT = join(import.meta.dirname, '../../test-output/screenshots')
const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
]

mkdirSync(OUTPUT, { recursive: true })
const server = await serveRenderer()
const browser = await launchBrowser()
const wanted = (...words: (string | number)[]): boolean =>
  process.argv.slice(2).every((word) => words.map(String).includes(word))
for (const size of SIZES) {
  for (const language of ['en', 'zh'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      if (!wanted(size.width, language, theme)) continue
      const shoot = async (page: Page, name: string, fullPage = false): Promise<void> => {
        const file = `${name}-${size.width}-${language}-${theme}.png`
        if (fullPage) await page.setViewportSize({ width: size.width, height: 2600 })
        await page.waitForTimeout(250)
        await page.screenshot({ path: join(OUTPUT, file) })
        if (fullPage) await page.setViewportSize(size)
      }
      const { page, complaints } = await openWindow(browser, server.url, {
        ...size,
        language,
        theme,
        trained: theme === 'light',
      })
      await shoot(page, '1-empty')
      await page.goto(`${server.url}#/import`)
      await shoot(page, '2-import-empty')
      await page.setInputFiles(
        '[data-test="file-input"]',
        namedFiles('HR06000.hea', 's0010_re.hea', 'flat07.hea', 'notes.txt', 'warned derived.hea'),
      )
      await page.waitForSelector('[data-test="open"]')
      await page.waitForTimeout(400)
      await shoot(page, '3-import')
      await page.click('[data-test="open"]')
      await page.waitForSelector('[data-test="ecg-paper"]')
      await shoot(page, '4-recording')
      await page.click('[data-test="generate"]')
      await page.waitForSelector('[data-test="player"]')
      await page.waitForTimeout(1500)
      await shoot(page, '5-recording-whole', true)
      await page.keyboard.press('j')
      await page.waitForTimeout(300)
      await page.keyboard.press('k')
      await page.goto(`${server.url}#/`)
      await shoot(page, '6-work-list')
      await page.getByText('s0010_re.hea').first().click()
      await page.waitForSelector('[data-test="ecg-paper"]')
      await shoot(page, '7-long-recording')
      await page.goto(`${server.url}#/models`)
      await page.click('[data-test="examine"]')
      await page.waitForSelector('[data-test="providers"]')
      await shoot(page, '8-models')
      await page.goto(`${server.url}#/help`)
      await shoot(page, '9-help')
      await page.keyboard.press('?')
      await page.waitForTimeout(400)
      await shoot(page, '10-sheet')
      for (const complaint of complaints) console.error(`${size.width} ${language} ${theme}: ${complaint}`)
      await page.context().close()
    }
  }
}
await browser.close()
await server.close()
