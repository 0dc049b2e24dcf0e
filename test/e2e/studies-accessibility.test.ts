import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inRepository } from '../../build/repository.ts'
import { CUSTODIANS } from '../app/studies/studied-workspace.ts'
import { faultsInEveryLook } from './support/accessibility.ts'
import { Camera } from './support/camera.ts'
import { answerCase, goTo } from './support/reading.ts'
import { startStudiedHost, type StudiedHost } from './support/studied-host.ts'
import { launchBrowser } from './support/test-window.ts'

const DAY = 86_400_000
const CASES = 4

/** The pages of a reader study, from the draft to the report, in both languages and both themes. */
describe('axe finds nothing serious or critical in a reader study', () => {
  let host: StudiedHost
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    host = await startStudiedHost(1, CASES)
    browser = await launchBrowser()
    // A window of its own: the checker is put into the page, which our own policy forbids to everybody.
    page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1366, height: 768 }, bypassCSP: true })
    page.setDefaultTimeout(60_000)
    await page.goto(host.startLink)
    // The window leads to the first page of whoever is signed in; only then can it be led elsewhere.
    await page.waitForURL(/#\/studies/)
  })

  afterAll(async () => {
    await browser?.close()
    await host?.close()
  })

  /** Pictures of every page to look at, where they are wanted. */
  const look = async (name: string): Promise<string[]> => {
    if (process.env['CARDIONETS_TOUR']) {
      await new Camera(page, inRepository('test-output', 'tour'), []).shoot(`study-${name.replaceAll(' ', '-')}`)
    }
    return faultsInEveryLook(page, name)
  }

  const begin = async (): Promise<void> => {
    await goTo(page, `/reading-room/${host.studyId}`)
    await page.click('[data-test="begin"]')
  }

  it('on the board and in every step of the editor', async () => {
    await goTo(page, `/studies/${host.studyId}`)
    await page.locator('[data-test="board"]').waitFor()
    const faults = await look('board')
    await page.click('[data-test="amend"]')
    faults.push(...(await look('amendment')))
    await goTo(page, '/studies')
    await page.fill('input[placeholder="Title of the new study"]', 'Another study')
    faults.push(...(await look('studies of a coordinator')))
    await page.getByRole('button', { name: 'Article design' }).click()
    await page.locator('[data-test="step-cases"]').waitFor()
    faults.push(...(await look('cases')))
    for (const step of ['stages', 'arms', 'questions', 'analysis', 'lock']) {
      await page.click(`[data-test="step-${step}"]`)
      await page.locator(`[data-test="step-${step}"][aria-current="step"]`).waitFor()
      faults.push(...(await look(step)))
    }
    expect(faults).toEqual([])
  })

  it('in the reading room, with an ECG and with a cine', async () => {
    await host.workspace.signIn('reader1')
    await goTo(page, '/studies')
    await page.locator('[data-test="my-study"]').waitFor()
    const faults = await look('studies of a reader')
    await goTo(page, `/reading-room/${host.studyId}`)
    await page.locator('[data-test="begin"]').waitFor()
    faults.push(...(await look('door of the reading room')))
    await page.click('[data-test="begin"]')
    await page.locator('[data-test="reading-case"]').waitFor()
    faults.push(...(await look('an ECG to read')))
    for (let index = 0; index < CASES; index++) await answerCase(page, host.workspace)
    faults.push(...(await look('washout')))
    host.workspace.pass(29 * DAY)
    await begin()
    await page.locator('[data-test="study-cine"]').waitFor()
    faults.push(...(await look('a cine to read')))
    await page.click('[data-test="leave"]')
    await page.click('[data-test="self-audit"]')
    await page.locator('[data-test="audit-panel"]').waitFor()
    faults.push(...(await look('audit of the blinding')))
    expect(faults).toEqual([])
  })

  it('on the report of an opened study', async () => {
    await host.workspace.signIn('coordinator')
    await goTo(page, `/studies/${host.studyId}`)
    await page.fill('input[placeholder="Reason (it is exported)"]', 'All planned reads are done.')
    await page.click('[data-test="lock-data"]')
    for (const { name, passphrase } of CUSTODIANS) await page.fill(`input[placeholder="${name}"]`, passphrase)
    await page.click('[data-test="unblind"]')
    await page.locator('[data-test="section-primary"]').waitFor()
    expect(await look('results')).toEqual([])
  })
})
