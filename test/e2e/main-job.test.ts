import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startRealHost, type RealHost } from './support/real-host.ts'
import { signInFresh } from './support/sign-in.ts'
import { launchBrowser, recordComplaints } from './support/test-window.ts'
import { hasSampleData, SAMPLE_DATA } from './support/wfdb-16.ts'

const sample = (name: string): string => join(SAMPLE_DATA, name)

/** The main job with nothing standing in: real files, the real host, its real processes and the shipped pack. */
describe.skipIf(!hasSampleData)('the main job over the browser host', () => {
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

  it('reads WFDB with its companions and DICOM from one drop, and refuses what is neither', async () => {
    await page.setInputFiles(
      '[data-test="file-input"]',
      ['wfdb/s0010_re.hea', 'wfdb/s0010_re.dat', 'wfdb/s0010_re.xyz', 'dicom_ecg/waveform_ecg.dcm', 'README.md'].map(
        sample,
      ),
    )
    await page.locator('article.line').nth(2).waitFor()
    expect(await page.locator('article.line').count()).toBe(3)
    const line = (file: string) => page.locator('article.line', { hasText: file })
    expect(await line('s0010_re.hea').innerText()).toMatch(/1,000 Hz[\s\S]*38\.4 s[\s\S]*12 · vx vy vz not used/)
    expect(await line('waveform_ecg.dcm').innerText()).toMatch(/DICOM[\s\S]*1,000 Hz[\s\S]*Mortara/)
    expect(await line('README.md').innerText()).toContain('format/unknown')
  })

  it('screens by itself and shows four diseases and 82 phenotypes', async () => {
    await page.locator('article.line', { hasText: 's0010_re.hea' }).getByRole('button', { name: 'Open' }).click()
    await page.locator('article.disease').nth(3).waitFor()
    expect(await page.locator('article.disease').count()).toBe(4)
    // A real ECG is unlike the simulated ones that the pack learned from: the marks in the head must not hide it.
    expect(await page.locator('[data-test="limits"]').innerText()).toContain('Do not rely on this result')
    expect(await page.locator('.bar [data-test="doubtful"]').innerText()).toContain('do not rely on this number')
    const count = (selector: string) => page.locator(`[data-test="phenotypes"] ${selector}`).count()
    // Rows of chambers and aorta, segments of the maps, and the global value of each map.
    expect((await count('.chamber li')) + (await count('svg g')) + (await count('.global'))).toBe(82)
    await page.locator('[data-test="phenotypes"]').getByText('Table', { exact: true }).click()
    expect(await count('[data-test="phenotype-table"] tbody tr')).toBe(82)
    await page.keyboard.press('/')
    await page.keyboard.type('RV ejection')
    await expect.poll(() => count('[data-test="phenotype-table"] tbody tr')).toBe(1)
    expect(await page.locator('[data-test="phenotype-table"] tbody tr').innerText()).toMatch(
      /weak[\s\S]*no verified range/,
    )
  })

  it('generates a cine whose seed makes the same frames again', async () => {
    const frames = async (): Promise<string> => {
      await page.click('[data-test="generate"]')
      await page.waitForSelector('[data-test="generate"]', { state: 'detached' })
      await page.waitForSelector('[data-test="generate"]', { timeout: 100_000 })
      if (!(await page.getByText('paused').isVisible())) await page.keyboard.press('Space')
      await page.locator('[data-test="player"]').getByRole('slider', { name: 'Frame', exact: true }).press('Home')
      return page
        .locator('[data-test="pane-generated"] canvas')
        .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())
    }
    expect(await frames()).toBe(await frames())
  })

  it('says everything in Chinese as well', async () => {
    await page.getByText('中文').click()
    await page.getByText('头文件中的增益 2000 adu/mV').waitFor()
    expect(await page.locator('[data-test="player"] > figcaption').innerText()).toContain('并非实际采集的影像')
  })

  it('broke no policy and wrote nothing to the console', () => {
    expect(complaints).toEqual([])
  })
})
