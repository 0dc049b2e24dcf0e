import type { Page } from 'playwright-core'

/** The one person of a workspace that a test has made; made up, like everything in it. */
export const TEST_PERSON = { name: 'Test Physician', password: 'correct horse battery' }

/**
 * From the first page of a new workspace to the work list: creates the administrator, who is a physician too, and
 * keeps the recovery code as the page asks.
 *
 * @returns the recovery code
 */
export async function signInFresh(page: Page, person: typeof TEST_PERSON = TEST_PERSON): Promise<string> {
  await page.fill('[data-test="name"] input, input[data-test="name"]', person.name)
  await page.fill('input[data-test="new-password"]', person.password)
  await page.fill('input[data-test="new-password-again"]', person.password)
  await page.check('input[data-test="physician"]')
  await page.click('[data-test="create"]')
  const code = await page.waitForSelector('[data-test="recovery-code"]')
  const groups = (await code.innerText()).trim().split(/\s+/)
  await page.fill('input[data-test="confirm-code"]', groups.at(-1)!)
  await page.click('[data-test="code-kept"]')
  await page.waitForSelector('nav')
  return groups.join('-')
}

/** Opens the window again after a lock. */
export async function unlock(page: Page, person: typeof TEST_PERSON = TEST_PERSON): Promise<void> {
  await page.fill('input[data-test="password"]', person.password)
  await page.click('[data-test="unlock"]')
  await page.waitForSelector('nav')
}
