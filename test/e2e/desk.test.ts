import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inRepository } from '../../build/repository.ts'
import { startRealHost, type RealHost } from './support/real-host.ts'
import { signInFresh, TEST_PERSON, unlock } from './support/sign-in.ts'
import { launchBrowser, recordComplaints } from './support/test-window.ts'

const fixture = (name: string): string => inRepository('test', 'fixtures', 'ecg', name)
const NAME = '欧阳小明 Ouyang Xiaoming with a very long name'

/** A day at the desk against the real host: first start to the table that leaves the computer. */
describe('the desk', () => {
  let host: RealHost
  let browser: Browser
  let page: Page
  let complaints: string[]
  const goTo = (place: string) => page.evaluate((hash) => void (location.hash = hash), place)

  beforeAll(async () => {
    host = await startRealHost()
    browser = await launchBrowser()
    page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1366, height: 768 } })
    complaints = await recordComplaints(page)
    await page.goto(host.startLink)
  })

  afterAll(async () => {
    await browser?.close()
    await host?.close()
  })

  it('goes from the first start to the work list with a name, a password and the code typed back', async () => {
    const code = await signInFresh(page)
    expect(code.split('-')).toHaveLength(8)
    await page.getByText('No recordings yet').waitFor()
  })

  it('keeps a half-typed patient over a lock, and shows nothing of it meanwhile', async () => {
    await page.keyboard.press('n')
    await page.fill('input[data-test="local-id"]', '000123')
    await page.fill('input[data-test="patient-name"]', NAME)
    await page.fill('input[data-test="birth-date"]', '03/02/1960')
    await page.getByText('This is no date.').waitFor()
    await page.fill('input[data-test="birth-date"]', '1960/2/3')
    await page.keyboard.press('Tab')
    expect(await page.inputValue('input[data-test="birth-date"]')).toBe('1960-02-03')
    await page.keyboard.press('Control+Shift+l')
    await page.waitForSelector('[data-test="unlock"]')
    expect(await page.content()).not.toContain('欧阳')
    const typed = await page
      .locator('input, textarea')
      .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value).join(' '))
    for (const trace of ['欧阳', '000123', '1960-02-03']) expect(typed).not.toContain(trace)
    await page.fill('input[data-test="password"]', 'not the password')
    await page.click('[data-test="unlock"]')
    await page.getByText('Name and password do not belong together').waitFor()
    await unlock(page)
    await expect.poll(() => page.inputValue('input[data-test="patient-name"]')).toBe(NAME)
    await page.click('[data-test="save-patient"]')
    await page.locator('[data-test="identity"]', { hasText: '000123' }).waitFor()
  })

  it('never writes a form that was half typed over what somebody changed meanwhile', async () => {
    const patientId = page.url().split('/').at(-1)!
    await page.keyboard.press('e')
    await page.fill('textarea[data-test="notes"]', 'half typed')
    await page.waitForTimeout(1000)
    await goTo(`#/patients/${patientId}`)
    await page.locator('[data-test="edit-patient"]').waitFor()
    // Somebody else, as far as the form can tell.
    await page.evaluate(async () => {
      type Known = { id: string; revision: number }
      type Store = {
        current: Known
        change(id: string, revision: number, fields: object, reason: string): Promise<void>
      }
      type Mounted = { __vue_app__: { config: { globalProperties: { $pinia: { _s: Map<string, Store> } } } } }
      const { __vue_app__: app } = document.getElementById('app') as unknown as Mounted
      const patients = app.config.globalProperties.$pinia._s.get('patients')!
      const { id, revision, ...facts } = patients.current
      const fields = Object.fromEntries(Object.entries(facts).filter(([name]) => !/^(created|changed)At$/.test(name)))
      await patients.change(id, revision, { ...fields, contact: 'ward 3' }, '')
    })
    await goTo(`#/patients/${patientId}/edit`)
    await expect.poll(() => page.inputValue('textarea[data-test="notes"]')).toBe('half typed')
    await page.click('[data-test="save-patient"]')
    await page.getByText('Somebody changed this patient').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('[data-test="identity"]', { hasText: 'ward 3' }).waitFor()
  })

  it('proposes who may be one person, merges, undoes, and does not ask again', async () => {
    await goTo('#/patients/new')
    await page.fill('input[data-test="local-id"]', '123')
    await page.fill('input[data-test="patient-name"]', 'Somebody Else')
    await page.fill('input[data-test="birth-date"]', '19600203')
    await page.click('[data-test="save-patient"]')
    await page.locator('[data-test="identity"]', { hasText: 'Somebody Else' }).waitFor()
    await goTo('#/patients/duplicates')
    const pair = page.locator('[data-test="duplicate"]', { hasText: 'similar ID' })
    await pair.locator('input[data-test="merge-reason"]').fill('zeros of the device')
    await pair.locator('[data-test="merge-pair"]').click()
    await page.locator('[data-test="merge"]', { hasText: 'Somebody Else (123)' }).waitFor()
    await page.click('[data-test="undo-merge"]')
    await pair.locator('[data-test="keep-apart"]').click()
    await page.getByText('No likely duplicates').waitFor()
  })

  it('imports, screens, and finds the patient by pinyin initials to link the recording', async () => {
    await page.setInputFiles('[data-test="file-input"]', [fixture('HR06000.hea'), fixture('HR06000.mat')])
    await page.click('[data-test="open"]')
    await page.locator('article.disease').nth(3).waitFor()
    await page.click('[data-test="choose-patient"]')
    await page.fill('input[data-test="search-words"]', 'oyxm')
    await page.locator('[data-test="search-result"]', { hasText: '000123' }).waitFor()
    await page.keyboard.press('Enter')
    await page.locator('[data-test="patient-band"] a', { hasText: '欧阳' }).waitFor()
  })

  it('links the same waveform instead of doubling it', async () => {
    await page.setInputFiles('[data-test="file-input"]', [fixture('HR06000.hea'), fixture('HR06000.mat')])
    await page.getByText('Known already: linked, not doubled').waitFor()
    await page.click('[data-test="open"]')
    await page.locator('[data-test="review"]').waitFor()
  })

  it('signs with the password only, and a signed review can only be amended', async () => {
    await page.locator('[data-test="agreement"]').getByText('Agree', { exact: true }).click()
    await page.fill('[data-test="review"] textarea', '=1+1 looks normal')
    await page.click('[data-test="open-signing"]')
    await page.fill('[role="dialog"] input[data-test="password"]', TEST_PERSON.password)
    await page.click('[data-test="dialog-act"]')
    await page.locator('[data-test="review"] ol', { hasText: 'Signed · Test Physician' }).waitFor()
    expect(await page.locator('[data-test="open-signing"]').isDisabled()).toBe(true)
  })

  it('holds nothing of a patient in the page once it is locked', async () => {
    await page.locator('[data-test="lock"]').click()
    await page.waitForSelector('[data-test="unlock"]')
    const left = await page.content()
    for (const trace of ['欧阳', '000123', 'HR06000', 'looks normal']) expect(left).not.toContain(trace)
    expect(await page.title()).toBe('CardioNets Desktop')
    await unlock(page)
    await page.locator('[data-test="review"] ol', { hasText: 'looks normal' }).waitFor()
  })

  it('exports a table that runs nothing and loses no leading zero', async () => {
    await goTo('#/')
    const download = page.waitForEvent('download')
    await page.click('[data-test="export-csv"]')
    const table = readFileSync(await (await download).path(), 'utf8')
    expect(table).toContain(`"'000123","${NAME}"`)
    expect(table).toContain(`"'=1+1 looks normal"`)
    // Head, one recording, and the signed end of the audit trail.
    expect(table.trim().split('\r\n')).toHaveLength(3)
  })

  it('says all of it in Chinese as well', async () => {
    await page.getByText('中文').click()
    await page.getByText('等待审阅').first().waitFor()
    await page.locator('.paged-row', { hasText: '已签署' }).waitFor()
    await page.click('[data-test="person-menu"]')
    await page.click('[data-test="sign-out"]')
    await page.getByRole('heading', { name: '登录' }).waitFor()
  })

  it('broke no policy and threw nothing', () => {
    // Chromium's own advice about password forms is no complaint of ours.
    expect(complaints.filter((line) => !line.startsWith('console.verbose'))).toEqual([])
  })
})
