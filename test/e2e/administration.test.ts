import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parsePublicKey } from '../../src-main/inference/pack/keys.ts'
import { startRealHost, type RealHost } from './support/real-host.ts'
import { signInFresh, TEST_PERSON } from './support/sign-in.ts'
import { launchBrowser, recordComplaints } from './support/test-window.ts'

/** What an administrator does, from the first colleague to the signed end of the trail. */
describe('the administration pages', () => {
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
    await page.click('nav a[href$="administration"]')
  })

  afterAll(async () => {
    await browser?.close()
    await host?.close()
  })

  const dialog = () => page.locator('[role="dialog"]:visible')

  it('admit a colleague, take access away with a reason and give it back', async () => {
    await page.click('[data-test="add-person"]')
    await dialog().locator('[data-test="display-name"]').fill('Nurse Two')
    await dialog().locator('[data-test="login-name"]').fill('nurse')
    await dialog().locator('[data-test="role-operator"]').check()
    await dialog().locator('[data-test="new-password"]').fill('a long first password')
    await dialog().locator('[data-test="new-password-again"]').fill('a long first password')
    await page.keyboard.press('Enter')
    const row = page.locator('[data-test="person-nurse"]')
    await row.getByText('operator').waitFor()
    await row.locator('[data-test="revoke"]').click()
    await dialog().locator('[data-test="reason"]').fill('left the ward')
    await dialog().locator('[data-test="dialog-act"]').click()
    await row.getByText('No access since').waitFor()
    await row.locator('[data-test="readmit"]').click()
    await dialog().locator('[data-test="new-password"]').fill('another long password')
    await dialog().locator('[data-test="new-password-again"]').fill('another long password')
    await dialog().locator('[data-test="dialog-act"]').click()
    await row.getByText('operator').waitFor()
  })

  it('make a backup, read it back, and refuse a folder that is not there', async () => {
    await page.click('[data-test="admin-backup"]')
    await page.getByText('There is no backup yet').waitFor()
    await page.click('[data-test="back-up"]')
    await page.locator('[data-test="backup"]').waitFor()
    await page.click('[data-test="prove"]')
    await page.locator('[data-test="prove"]:enabled').waitFor()
    expect(await page.locator('[data-test="refusal"]').count()).toBe(0)
    await page.click('[data-test="choose-folder"]')
    await dialog().locator('[data-test="folder"]').fill('/no/such/folder')
    await dialog().locator('[data-test="dialog-act"]').click()
    await dialog().locator('[data-test="refusal"]', { hasText: 'There is no folder' }).waitFor()
    await page.keyboard.press('Escape')
  })

  it('keep the settings of the site', async () => {
    await page.click('[data-test="admin-settings"]')
    await page.fill('[data-test="site-name"]', 'Test site')
    await page.locator('[data-test="prevalence-hf"] input, input[data-test="prevalence-hf"]').fill('2.3')
    await page.check('input[value="screen"]')
    await page.keyboard.press('Control+s')
    await page.getByText('Saved.').waitFor()
    await page.click('[data-test="admin-people"]')
    await page.click('[data-test="admin-settings"]')
    expect(await page.inputValue('[data-test="site-name"]')).toBe('Test site')
    expect(await page.isChecked('input[value="screen"]')).toBe(true)
  })

  it('trust a key only after its fingerprint was typed', async () => {
    const pem = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const { keyId } = parsePublicKey(pem)
    await page.click('[data-test="admin-keys"]')
    await page.click('[data-test="trust-key"]')
    // The dialog still comes in; once it is there it leaves the cursor where somebody typed on.
    const owner = dialog().locator('[data-test="key-owner"]')
    await owner.focus()
    await page.waitForTimeout(600)
    expect(await owner.evaluate((field) => field === document.activeElement)).toBe(true)
    await dialog().locator('[data-test="public-key"]').fill(pem)
    await owner.fill('Partner site')
    await dialog().locator('[data-test="fingerprint"]').fill('0'.repeat(64))
    await dialog().getByText('This is not the fingerprint').waitFor()
    expect(await dialog().locator('[data-test="dialog-act"]').isDisabled()).toBe(true)
    await dialog().locator('[data-test="fingerprint"]').fill(keyId.match(/.{8}/g)!.join(' '))
    await dialog().locator('[data-test="dialog-act"]').click()
    await page.locator('[data-test="key"]', { hasText: 'Partner site' }).waitFor()
  })

  it('show all of that in the audit trail, whose chain holds', async () => {
    await page.click('[data-test="admin-audit"]')
    await page.waitForURL(/audit$/)
    await page.getByText('trusted a model key').first().waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await dialog().getByText('Partner site').waitFor()
    await page.keyboard.press('Escape')
    await page.click('[data-test="verify"]')
    await page.locator('[data-test="verdict"]', { hasText: 'The chain holds' }).waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-test="export-audit"]')])
    const table = readFileSync(await download.path(), 'utf8')
    for (const word of ['left the ward', 'siteName', 'backup:prove', 'signed head']) expect(table).toContain(word)
  })

  it('are not offered to a colleague who is no administrator, nor shown by their address', async () => {
    await page.click('[data-test="person-menu"]')
    await page.click('[data-test="sign-out"]')
    await page.fill('input[data-test="name"]', 'nurse')
    await page.fill('input[data-test="password"]', 'another long password')
    await page.click('[data-test="sign-in"]')
    await page.locator('[data-test="forbidden"]').waitFor()
    expect(await page.locator('nav a[href$="administration"]').count()).toBe(0)
    await page.goto(`${new URL(page.url()).origin}/#/administration/audit`)
    await page.locator('[data-test="forbidden"]').waitFor()
    expect(await page.locator('main').innerText()).not.toContain(TEST_PERSON.name)
    expect(complaints).toEqual([])
  })
})
