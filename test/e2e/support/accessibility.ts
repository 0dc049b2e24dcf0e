import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  id: string
  impact: string | null
  nodes: { html: string; target: unknown[]; failureSummary?: string }[]
}

/**
 * What axe finds on the page as it stands, against WCAG 2.2 A and AA and its own best practices.
 *
 * @param rules  only these, by axe's names
 * @returns one line for each element with a serious or critical fault; empty where there is none
 */
export async function faultsOf(page: Page, name: string, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const violations = await page.evaluate(async (only) => {
    const { axe } = window as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } }
    return (await axe.run({ resultTypes: ['violations'], ...(only ? { runOnly: only } : {}) })).violations
  }, rules)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => {
        const [, why = ''] = failureSummary.split('\n')
        return `${name}: ${id}: ${html.slice(0, 140)} – ${why.trim().slice(0, 160)}`
      }),
    )
}

/** Colours glide for a moment; what is in between is nobody's text. */
const STILL = '*, *::before, *::after { transition: none !important; }'

/** Chooses language and theme by the window's own switches, which a dialog may cover. */
export async function choose(page: Page, language: 'en' | 'zh', theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate(
    ([word, dark, still]) => {
      if (!document.getElementById('still')) {
        document.head.append(Object.assign(document.createElement('style'), { id: 'still', textContent: still }))
      }
      const languages = [...document.querySelectorAll<HTMLElement>('.el-segmented__item')]
      languages.find((item) => item.textContent?.trim() === word)?.click()
      const icon = document.querySelector<HTMLElement>('[data-test="theme"]')
      if (document.documentElement.classList.contains('dark') !== dark) icon?.click()
    },
    [language === 'en' ? 'EN' : '中文', theme === 'dark', STILL] as const,
  )
  await page.waitForTimeout(100)
}

/** In any of these the window may be left. */
export const LOOKS = [
  ['en', 'light', undefined],
  ['en', 'dark', ['color-contrast']],
  ['zh', 'dark', undefined],
  ['zh', 'light', ['color-contrast']],
] as const

/**
 * What stands on the page now, in every look, and at last in the first one again. Language and theme are independent:
 * once each language and each theme were looked at whole, the two other pairs can differ in nothing but contrast.
 */
export async function faultsInEveryLook(page: Page, name: string): Promise<string[]> {
  const faults: string[] = []
  for (const [language, theme, rules] of LOOKS) {
    await choose(page, language, theme)
    faults.push(...(await faultsOf(page, `${language} ${theme} ${name}`, rules)))
  }
  await choose(page, 'en', 'light')
  return faults
}
