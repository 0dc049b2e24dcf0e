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
 * @returns one line for each element with a serious or critical fault; empty where there is none
 */
export async function faultsOf(page: Page, name: string): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } }
    return (await axe.run({ resultTypes: ['violations'] })).violations
  })
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => {
        const [, why = ''] = failureSummary.split('\n')
        return `${name}: ${id}: ${html.slice(0, 140)} – ${why.trim().slice(0, 160)}`
      }),
    )
}
