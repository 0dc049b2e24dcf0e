import type { Page } from 'playwright-core'
import type { StudiedWorkspace } from '../../app/studies/studied-workspace.ts'

/** Goes to another page of the window without loading it anew. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate(() => (location.hash = '#/help'))
  await page.evaluate((hash) => (location.hash = hash), `#${path}`)
}

/** Answers the case that is shown; the last of a stage is followed by the washout. */
export async function answerCase(page: Page, workspace: StudiedWorkspace): Promise<void> {
  const place = page.locator('[data-test="place"]')
  const before = await place.innerText()
  const box = (await page.locator('[data-test="confidence"]').boundingBox())!
  await page.mouse.click(box.x + 0.4 * box.width, box.y + box.height / 2)
  await page.locator('[data-test="question-call"] button').first().click()
  await page.locator('[data-test="question-seen"] button').nth(1).click()
  workspace.pass(20_000)
  await page.click('[data-test="submit"]')
  await page.waitForFunction(
    (old) => document.querySelector('[data-test="place"]')?.textContent?.split(' · ')[0] !== old.split(' · ')[0],
    before,
  )
}
