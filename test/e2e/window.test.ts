import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { namedFiles } from './support/files.ts'
import { serveRenderer, type StaticServer } from './support/static-server.ts'
import { launchBrowser, openWindow, type TestWindow, type WindowOptions } from './support/test-window.ts'
import { hasSampleData } from './support/wfdb-16.ts'

/** The built window against a stand-in api, in a real browser under the hosts' own headers. */
describe.skipIf(!hasSampleData)('the window', () => {
  let browser: Browser
  let server: StaticServer
  const windows: TestWindow[] = []

  beforeAll(async () => {
    server = await serveRenderer()
    browser = await launchBrowser()
  })

  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  async function open(options?: WindowOptions): Promise<Page> {
    const opened = await openWindow(browser, server.url, options)
    windows.push(opened)
    return opened.page
  }

  async function importFiles(page: Page, ...names: string[]): Promise<void> {
    await page.setInputFiles('[data-test="file-input"]', namedFiles(...names))
    await page.waitForSelector('article.line')
  }

  it('takes a recording from its file to a playing cine, in English and then in Chinese', async () => {
    const page = await open()
    await importFiles(page, 'HR06000.hea', 'HR06000.mat')
    expect(await page.locator('article.line').count()).toBe(1)
    await page.click('[data-test="open"]')
    await page.waitForSelector('[data-test="ecg-paper"]')
    await page.locator('article.disease.high', { hasText: 'Above threshold' }).waitFor()
    expect(await page.locator('[data-test="subtypes"]').innerText()).toMatch(/amyloid, Fabry or storage disease/)

    await page.click('[data-test="generate"]')
    await page.waitForSelector('[data-test="player"]')
    await expect.poll(() => page.locator('[data-test="fps"]').innerText()).toMatch(/^\d+ frames\/s$/)
    const mark = 'AI-generated from ECG – not an acquired image'
    expect(await page.locator('[data-test="player"] > figcaption').innerText()).toContain(mark)

    await page.getByText('中文').click()
    await page.locator('article.disease.high', { hasText: '高于阈值' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
    expect(await page.locator('[data-test="player"] > figcaption').innerText()).toContain('由人工智能根据心电图生成')
  })

  it('shows refusals as sentences with their code, and still opens what could be read', async () => {
    const page = await open()
    await importFiles(page, 'notes.txt', 'flat07.hea')
    expect(await page.locator('article.bad').innerText()).toMatch(/names no leads\. Export it as .*\sformat\/unknown/)
    const flat = page.locator('article.limited')
    expect(await flat.innerText()).toMatch(/V3 is flat .* Check the electrode and record again\.\s*quality\/lead-flat/)
    await flat.getByRole('button', { name: 'Open' }).click()
    await page.waitForSelector('[data-test="ecg-paper"]')
    expect(await page.getByRole('region', { name: 'Findings' }).innerText()).toContain('quality/lead-flat')
    expect(await page.locator('[data-test="generate"]').count()).toBe(0)
  })

  it('takes files that are dropped anywhere in the window, and does not open them in its place', async () => {
    const page = await open()
    await page.goto(`${server.url}#/help`)
    await page.evaluate(() => {
      const transfer = new DataTransfer()
      transfer.items.add(new File(['x'], 'HR06000.hea'))
      for (const type of ['dragover', 'drop']) {
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }))
      }
    })
    await page.locator('article.line', { hasText: 'HR06000.hea' }).waitFor()
    expect(page.url()).toContain('#/import')
  })

  it('offers another try where a screening failed', async () => {
    const page = await open()
    await importFiles(page, 'broken.hea')
    await page.click('[data-test="open"]')
    await page.getByText('The screening failed').waitFor()
    expect(await page.getByText('The inference process ended. Try again.').count()).toBe(1)
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(1)
  })

  it('cancels a cine and can start another', async () => {
    const page = await open({ stepMs: 150 })
    await importFiles(page, 'HR06000.hea')
    await page.click('[data-test="open"]')
    await page.click('[data-test="generate"]')
    await page.getByText(/^Step \d+ of 16$/).waitFor()
    await page.click('[data-test="cancel-cine"]')
    await page.waitForSelector('[data-test="generate"]')
    expect(await page.locator('[data-test="player"]').count()).toBe(0)
    expect(await page.getByText('The cine was not generated').count()).toBe(0)
  })

  it('plays, pauses, steps and changes speed from the keyboard', async () => {
    const page = await open()
    await importFiles(page, 'HR06000.hea')
    await page.click('[data-test="open"]')
    await page.click('[data-test="generate"]')
    await page.waitForSelector('[data-test="player"]')
    const frame = async (): Promise<number> => parseInt(await page.locator('[data-test="frame"]').innerText())
    await page.keyboard.press('Space')
    await page.getByText('paused').waitFor()
    const paused = await frame()
    await page.keyboard.press('ArrowRight')
    expect(await frame()).toBe((paused % 50) + 1)
    await page.keyboard.press('ArrowLeft')
    expect(await frame()).toBe(paused)
    await page.keyboard.press(']')
    expect(await page.locator('[data-test="player"] .speed input').inputValue()).toBe('1.50')
    await page.keyboard.press('[')
    await page.keyboard.press('[')
    expect(await page.locator('[data-test="player"] .speed input').inputValue()).toBe('0.75')
  })

  it('moves through the work list by keyboard and filters it', async () => {
    const page = await open({ seeded: 40 })
    await page.locator('.paged-row').first().waitFor()
    for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key)
    const selected = await page.locator('.paged-row.selected .work-file').innerText()
    await page.keyboard.press('Enter')
    await page.waitForSelector('[data-test="ecg-paper"]')
    expect(await page.locator('header h1').innerText()).toBe(selected)
    await page.keyboard.press('Escape')
    await page.locator('.paged-row').first().waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('flat')
    await expect.poll(() => page.getByText('5 of 40', { exact: true }).count()).toBe(1)
  })

  it('draws only the rows that are seen of ten thousand, and reaches the last', async () => {
    const page = await open({ seeded: 10_000 })
    await page.locator('.paged-row').first().waitFor()
    expect(await page.locator('.paged-row').count()).toBeLessThan(60)
    for (const [key, row] of [
      ['PageDown', '2'],
      ['PageDown', '12'],
      ['End', '10001'],
      ['PageUp', '9991'],
      ['Home', '2'],
    ] as const) {
      // prettier-ignore
      await page.keyboard.press(key)
      await page.locator(`.paged-row.selected[aria-rowindex="${row}"]`).waitFor()
    }
    await page.locator('[role="grid"]').evaluate((grid) => (grid.scrollTop = grid.scrollHeight))
    await page.getByText('HR06000.hea').waitFor()
    expect(await page.locator('.paged-row').count()).toBeLessThan(60)
  })

  it('says on every page that an untrained pack means nothing, and always shows the pack’s statement', async () => {
    const page = await open({ trained: false })
    for (const place of ['', 'import', 'models', 'help']) {
      await page.goto(`${server.url}#/${place}`)
      await page.locator('[data-test="untrained"]').waitFor()
      expect(await page.locator('[data-test="untrained"]').innerText()).toMatch(
        /^Untrained weights: the numbers mean nothing/,
      )
      expect(await page.locator('[data-test="statement"]').innerText()).toContain('not for clinical use')
    }
  })

  it('examines the providers', async () => {
    const page = await open()
    await page.goto(`${server.url}#/models`)
    await page.click('[data-test="examine"]')
    const table = page.locator('[data-test="providers"]')
    await table.waitFor()
    expect(await table.innerText()).toMatch(/WEBGPU\s+yes\s+no\s+3\.1 × 10⁻²/)
  })

  it('keeps one millivolt at ten millimetres and one second at twenty-five, on screens of any density', async () => {
    for (const deviceScaleFactor of [1, 1.5, 2]) {
      const page = await open({ deviceScaleFactor })
      await importFiles(page, 'HR06000.hea')
      await page.click('[data-test="open"]')
      const pulse = await page.waitForSelector('[data-test="ecg-paper"]').then((canvas) =>
        canvas.evaluate((element) => {
          const paper = element as HTMLCanvasElement
          const { data, width, height } = paper.getContext('2d')!.getImageData(0, 0, paper.width / 19, paper.height / 4)
          const dark = (x: number, y: number): boolean => data[4 * (y * width + x)]! < 130
          const rows = Array.from({ length: height }, (_, y) => y)
          const columns = Array.from({ length: width }, (_, x) => x)
          const top = rows.find((y) => columns.filter((x) => dark(x, y)).length > width / 10)!
          const plateau = columns.filter((x) => dark(x, top))
          const side = plateau[0]!
          const bottom = rows.findLast((y) => dark(side, y))!
          return { heightPx: bottom - top, widthPx: plateau.at(-1)! - side }
        }),
      )
      // 1 mV by 0.2 s is 10 mm by 5 mm, so twice as high as wide, whatever a millimetre is on this screen.
      expect(pulse.heightPx / pulse.widthPx).toBeGreaterThan(1.9)
      expect(pulse.heightPx / pulse.widthPx).toBeLessThan(2.1)
    }
  })

  it('has nothing that needs a sideways scroll at 200 % zoom of a small screen', async () => {
    const page = await open({ width: 683, height: 384, deviceScaleFactor: 2 })
    await importFiles(page, 'HR06000.hea')
    for (const place of ['', 'import', 'models', 'help']) {
      await page.goto(`${server.url}#/${place}`)
      const main = page.locator('main')
      await main.waitFor()
      expect(await main.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0)
    }
  })

  it('broke no policy, wrote nothing to the console and threw nothing in all of this', () => {
    expect(windows.length).toBeGreaterThan(10)
    expect(windows.flatMap((opened) => opened.complaints)).toEqual([])
  })
})
