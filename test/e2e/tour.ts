/**
 * Pictures of every view in both languages and themes and in two sizes, into test-output/tour, to be looked at.
 * `node test/e2e/tour.ts recording patient 1366 zh dark` takes only those views, in those looks. The pages of a reader
 * study are photographed by `CARDIONETS_TOUR=1 npx vitest run --config vitest.e2e.config.ts studies-accessibility`.
 */
import { rmSync } from 'node:fs'
import { inRepository } from '../../build/repository.ts'
import { Camera } from './support/camera.ts'
import { makeDemonstration, signInAs } from './support/demonstration.ts'
import { startRealHost } from './support/real-host.ts'
import { launchBrowser, recordComplaints } from './support/test-window.ts'
import { administrationStops, clinicalStops, type Stop } from './support/tour-stops.ts'

const words = process.argv.slice(2)
const LOOKS = ['1366', '1920', 'en', 'zh', 'light', 'dark']
const named = words.filter((word) => !LOOKS.includes(word))
const wanted = (stops: readonly Stop[]): Stop[] =>
  stops.filter(({ name }) => named.length === 0 || named.some((word) => name.includes(word)))

const browser = await launchBrowser()

async function tour(startLink: string, groups: readonly { as: 'doctor' | 'admin'; stops: Stop[] }[]): Promise<void> {
  // What holds the colours still for a picture is a style sheet, which our own policy forbids to everybody.
  const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1366, height: 768 }, bypassCSP: true })
  page.setDefaultTimeout(60_000)
  const complaints = await recordComplaints(page)
  await page.goto(startLink)
  const camera = new Camera(page, inRepository('test-output', 'tour'), words)
  for (const { as, stops } of groups) {
    if (stops.length === 0) continue
    await signInAs(page, as)
    for (const { name, run } of stops) {
      const started = performance.now()
      await run(page, camera)
      console.error(`${name}: ${((performance.now() - started) / 1000).toFixed(0)} s`)
    }
  }
  for (const complaint of complaints) console.error(complaint)
  await page.context().close()
}

const workspace = makeDemonstration(60, 24)
const host = await startRealHost(workspace)
try {
  await tour(host.startLink, [
    { as: 'doctor', stops: wanted(clinicalStops) },
    { as: 'admin', stops: wanted(administrationStops) },
  ])
} finally {
  await browser.close()
  await host.close()
  rmSync(workspace, { recursive: true, force: true })
}
