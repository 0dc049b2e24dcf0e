import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inRepository } from '../../build/repository.ts'
import { namedFiles } from './support/files.ts'
import { serveRenderer } from './support/static-server.ts'
import { launchBrowser, openWindow } from './support/test-window.ts'

const PICTURES = inRepository('test-output', 'screenshots')
const LISTS = ['import', 'patients', 'patients/new', 'batches', 'models', 'help']

/**
 * A trial of scripts that run from right to left, which no language of ours does: the pages are mirrored, nothing
 * leaves the window, and the ECG goes on from left to right.
 */
describe('a window that runs from right to left', () => {
  let server: Awaited<ReturnType<typeof serveRenderer>>
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true })
    server = await serveRenderer()
    browser = await launchBrowser()
    ;({ page } = await openWindow(browser, server.url, { seeded: 5 }))
    await page.waitForSelector('nav')
    await page.evaluate(() => (document.documentElement.dir = 'rtl'))
  })

  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  /** Elements with text that stick out of the page on either side and cannot be scrolled to. */
  const cutOff = (): Promise<string[]> =>
    page.evaluate(() => {
      const width = document.documentElement.clientWidth
      const scrolls = (element: Element): boolean =>
        element.closest('.scroller, .scroll, .el-scrollbar, [role="grid"], .visually-hidden') !== null
      return [...document.querySelectorAll('nav *, header *, main *, footer *')]
        .filter((element) => element.children.length === 0 && element.textContent.trim() !== '' && !scrolls(element))
        .filter((element) => {
          const { left, right, width: own } = element.getBoundingClientRect()
          return own > 1 && (left < -1 || right > width + 1)
        })
        .map((element) => `${element.tagName} ${element.className}: ${element.textContent.slice(0, 60)}`)
    })

  it('has its navigation on the right, and cuts nothing off on any page', async () => {
    const navigation = (await page.locator('nav').first().boundingBox())!
    expect(navigation.x).toBeGreaterThan(683)
    for (const path of LISTS) {
      await page.goto(`${server.url}#/${path}`)
      await page.waitForTimeout(200)
      expect(await cutOff(), path).toEqual([])
    }
  })

  it('still draws time from left to right', async () => {
    await page.goto(`${server.url}#/import`)
    await page.setInputFiles('[data-test="file-input"]', namedFiles('HR06000.hea'))
    await page.click('[data-test="open"]')
    await page.waitForSelector('[data-test="ecg-paper"]')
    await page.locator('article.disease').nth(3).waitFor()
    await page.screenshot({ path: join(PICTURES, 'right-to-left.png') })
    expect(await cutOff()).toEqual([])
    for (const part of ['[data-test="ecg-paper"]', '.gauge', '.el-slider']) {
      const direction = await page
        .locator(part)
        .first()
        .evaluate((element) => getComputedStyle(element).direction)
      expect(direction, part).toBe('ltr')
    }
  })
})
