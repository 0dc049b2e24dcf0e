import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { inRepository } from '../../../build/repository.ts'

/** Makes a workspace of made-up patients, as `cardionets demo` does. @returns its folder */
export function makeDemonstration(patients: number, recordings: number): string {
  const workspace = mkdtempSync(join(tmpdir(), 'cardionets-demo-'))
  const options = ['--patients', `${patients}`, '--recordings', `${recordings}`, '--seed', '1']
  const { status, stderr } = spawnSync(
    process.execPath,
    [inRepository('build', 'cardionets.ts'), 'demo', ...options, '--workspace', workspace],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`cardionets demo ended with ${status}: ${stderr}`)
  return workspace
}

/** Signs in as one of the people of a demonstration, in place of whoever is signed in. */
export async function signInAs(
  page: Page,
  name: 'admin' | 'doctor' | 'nurse' | 'coordinator' | 'reader',
): Promise<void> {
  await page.waitForSelector('input[data-test="password"], [data-test="person-menu"]')
  if (await page.locator('[data-test="person-menu"]').count()) {
    await page.click('[data-test="person-menu"]')
    await page.click('[data-test="sign-out"]')
    await page.waitForSelector('input[data-test="password"]')
  }
  await page.fill('[data-test="name"] input, input[data-test="name"]', name)
  await page.fill('input[data-test="password"]', `demo-${name}`)
  await page.keyboard.press('Enter')
  await page.waitForSelector('nav')
}
