import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeFiles } from '../app/batch/made-files.ts'
import { startRealHost, type RealHost } from './support/real-host.ts'
import { signInFresh, unlock } from './support/sign-in.ts'
import { launchBrowser, recordComplaints } from './support/test-window.ts'

/** A table that names its leads, and says nothing of unit and rate. */
function nameless(folder: string): void {
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.csv'))) {
    const lines = readFileSync(join(folder, name), 'utf8').trimEnd().split(/\r?\n/)
    const body = lines.filter((line) => /^[-\d]/.test(line)).map((line) => line.split(',').slice(-12).join(','))
    writeFileSync(join(folder, name), ['I,II,III,aVR,aVL,aVF,V1,V2,V3,V4,V5,V6', ...body].join('\n'))
  }
}

describe('a batch in the window', () => {
  const home = mkdtempSync(join(tmpdir(), 'cardionets-batch-'))
  const folder = join(home, 'recordings')
  let host: RealHost
  let browser: Browser
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    const person = { id: 'P1', name: 'Wang^Xiaoming', sex: 'male' } as const
    makeFiles(folder, [
      ...[1, 2, 3].map((index) => ({ name: `r${index}`, index, patient: person })),
      { name: 'z-other', index: 4, patient: { ...person, name: 'Li^Na' } },
      ...[5, 6].map((index) => ({ name: `t${index}`, index, format: 'csv' as const })),
    ])
    nameless(folder)
    writeFileSync(join(folder, 'notes.txt'), 'no recording')
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
    rmSync(home, { recursive: true, force: true })
  })

  it('takes a folder or a table that is let go over the page as one that was chosen', async () => {
    await page.evaluate(() => void (location.hash = '#/batches'))
    const box = (await page.locator('[data-test="start-batch"]').boundingBox())!
    const devtools = await page.context().newCDPSession(page)
    const drop = async (path: string): Promise<void> => {
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
        const data = { items: [], files: [path], dragOperationsMask: 1 }
        await devtools.send('Input.dispatchDragEvent', { type, x: box.x + 200, y: box.y + 30, data })
      }
    }
    // A browser tells no paths: the window says so and opens its own list of folders.
    await drop(folder)
    await page.locator('[data-test="dropped"]', { hasText: 'recordings' }).waitFor()
    await page.locator('[data-test="choose-this"]').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('[data-test="choose-this"]').waitFor({ state: 'hidden' })
    await drop(join(folder, 't5.csv'))
    await page.locator('[data-test="dropped"]', { hasText: 't5.csv' }).waitFor()
    await page.locator('[data-test="folder-up"]').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('[data-test="folder-up"]').waitFor({ state: 'hidden' })
    await page.getByText('A folder', { exact: true }).click()
  })

  it('screens a folder, and goes on while the window is locked', async () => {
    await page.evaluate(() => void (location.hash = '#/batches'))
    // A browser tells no paths, so the window has a list of folders of its own.
    await page.fill('input[data-test="batch-source"]', home)
    await page.click('[data-test="choose-place"]')
    await page.getByRole('button', { name: 'recordings' }).click()
    await page.locator('.place', { hasText: folder }).waitFor()
    await page.click('[data-test="choose-this"]')
    expect(await page.inputValue('input[data-test="batch-source"]')).toBe(folder)
    await page.getByText('Link, and add new ones').click()
    await page.click('[data-test="batch-start"]')
    await page.waitForSelector('[data-test="batch-state"]')
    await page.keyboard.press('Control+Shift+l')
    await page.waitForSelector('[data-test="unlock"]')
    expect(await page.content()).not.toContain(folder)
    await unlock(page)
    await page.locator('[data-test="batch-state"]', { hasText: 'Finished' }).waitFor()
    await expect.poll(() => page.textContent('[data-test="outcome-screened"]')).toContain('3')
    expect(await page.textContent('[data-test="outcome-waiting"]')).toContain('3')
  })

  it('is answered once for all files with the same header', async () => {
    await page.locator('[data-test="batch-questions"]', { hasText: 'and 1 more' }).waitFor()
    await page.click('[data-test="batch-answer"]')
    await page.locator('[data-test="answer-unit"]').click()
    await page.getByRole('option', { name: 'mV', exact: true }).click()
    await page.locator('[data-test="answer-rate"] input').fill('500')
    await page.keyboard.press('Tab')
    await page.click('[data-test="answer-submit"]:not([disabled])')
    await expect.poll(() => page.textContent('[data-test="outcome-screened"]'), { timeout: 20_000 }).toContain('5')
  })

  it('asks whose a recording is that names somebody else, and opens one by the keyboard', async () => {
    await page.click('[data-test="outcome-waiting"]')
    // A key that is faster than the list chooses in the list of before.
    await expect.poll(() => page.locator('.paged-row').count()).toBe(1)
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.locator('[data-test="whose-table"]', { hasText: 'Li' }).waitFor()
    await page.fill('input[data-test="whose-reason"]', 'maiden name')
    await page.click('[data-test="whose-assign"]')
    await expect.poll(() => page.textContent('[data-test="outcome-screened"]')).toContain('6')
    await page.click('[data-test="outcome-screened"]')
    await page.locator('.batch-file', { hasText: 'r1.dcm' }).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.locator('article.disease').nth(3).waitFor()
    expect(complaints).toEqual([])
  })
})
