import type { Page } from 'playwright-core'
import { inRepository } from '../../../build/repository.ts'
import type { Camera } from './camera.ts'
import { goTo } from './reading.ts'

export interface Stop {
  name: string
  run(page: Page, camera: Camera): Promise<void>
}

/** As long as names come: where do they end? */
const LONG_NAME = 'Wilhelmina Alexandrowna van der Hagenbeck'
const LONG_CHINESE_NAME = '阿卜杜热合曼·买买提艾力·吐尔逊江'
const fixture = (name: string): string => inRepository('test', 'fixtures', 'ecg', name)

const plain = (name: string, path: string, heightPx?: number): Stop => ({
  name,
  async run(page, camera) {
    await goTo(page, path)
    await page.waitForTimeout(600)
    await camera.shoot(name)
    if (heightPx) await camera.shoot(`${name}-whole`, heightPx)
  },
})

/** The second recording of the work list, whose patient has others before it. */
async function openRecording(page: Page): Promise<void> {
  await goTo(page, '/')
  await page.locator('[data-test="work-count"]').waitFor()
  await page.waitForTimeout(500)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.locator('[data-test="ecg-paper"]').waitFor()
  await page.locator('article.disease').nth(3).waitFor()
}

async function addPatient(page: Page, id: string, name: string): Promise<void> {
  await goTo(page, '/patients/new')
  await page.fill('input[data-test="local-id"]', id)
  await page.fill('input[data-test="patient-name"]', name)
  await page.click('[data-test="save-patient"]')
  await page.locator('[data-test="identity"]').waitFor()
}

export const clinicalStops: readonly Stop[] = [
  {
    name: 'work-list',
    async run(page, camera) {
      await goTo(page, '/')
      await page.waitForTimeout(600)
      await camera.shoot('work-list')
      await camera.shootZoomed('work-list')
    },
  },
  plain('patients', '/patients'),
  {
    name: 'patient',
    async run(page, camera) {
      await openRecording(page)
      await page.locator('[data-test="patient-band"] a').click()
      await page.locator('[data-test="trends"]').waitFor()
      await camera.shoot('patient')
      await camera.shoot('patient-whole', 2000)
      await camera.shootZoomed('patient')
      await page.click('[data-test="edit-patient"]')
      await page.locator('[data-test="patient-form"]').waitFor()
      await camera.shoot('patient-form')
    },
  },
  plain('new-patient', '/patients/new'),
  plain('duplicates', '/patients/duplicates'),
  {
    name: 'import',
    async run(page, camera) {
      await goTo(page, '/import')
      await camera.shoot('import-empty')
      const names = ['JS20001.hea', 'JS20001.mat', '129DYPRG_1.03.xml', 'waveform_ecg.dcm', 'SHA256SUMS']
      await page.setInputFiles('[data-test="file-input"]', names.map(fixture))
      await page.locator('article.line').nth(3).waitFor()
      await page.waitForTimeout(1500)
      await camera.shoot('import')
      await camera.shootZoomed('import')
    },
  },
  plain('batches', '/batches'),
  plain('exchange', '/exchange'),
  {
    name: 'models',
    async run(page, camera) {
      await goTo(page, '/models')
      await page.click('[data-test="examine"]')
      await page.locator('[data-test="providers"]').waitFor()
      await camera.shoot('models')
      await camera.shoot('models-whole', 2400)
    },
  },
  plain('help', '/help', 3400),
  {
    name: 'sheet',
    async run(page, camera) {
      await page.keyboard.press('?')
      await camera.shoot('sheet')
      await page.keyboard.press('Escape')
      await page.locator('[role="dialog"]:visible').waitFor({ state: 'hidden' })
      await page.waitForTimeout(400)
      await page.keyboard.press('Control+k')
      await page.fill('input[data-test="search-words"]', 'DEMO-000000')
      await page.waitForTimeout(500)
      await camera.shoot('search')
      await page.keyboard.press('Escape')
    },
  },
  {
    name: 'recording',
    async run(page, camera) {
      await openRecording(page)
      await camera.shoot('recording')
      await camera.shootZoomed('recording')
      await page.locator('[data-test="compare"] .el-select__wrapper').click()
      await page.getByRole('option').nth(1).click()
      await page.locator('[data-test="other-paper"]').waitFor()
      await camera.shoot('compare-beside', 1200)
      await page.getByText('median beats over each other').click()
      await page.waitForTimeout(500)
      await camera.shoot('compare-over')
      await page.locator('[data-test="compare"] .el-select__wrapper').click()
      await page.getByRole('option').first().click()
      await page.click('[data-test="generate"]')
      await page.locator('[data-test="pane-generated"]').first().waitFor()
      await page.click('[data-test="generate-spread"]')
      await page.locator('[data-test="cine-tile"]').nth(4).waitFor()
      await page.click('[data-test="generate-slide"]')
      await page.locator('[data-test="slide-shown"]').waitFor()
      await page.click('[data-test="attribute"]')
      await page.locator('[data-test="attribution-paper"]').waitFor()
      await page.click('[data-test="show-similarity"]')
      await page.locator('[data-test="similarity"] [data-test="sanity"]').waitFor()
      await camera.shoot('recording-whole', 6800)
      await page.locator('[data-test="phenotypes"]').getByText('Table', { exact: true }).click()
      await camera.shoot('recording-table', 3200)
      await page.keyboard.press('r')
      await page.locator('[data-test="report-preview"] canvas').first().waitFor()
      await page.check('[data-test="technical-page"]')
      await page.check('[data-test="patient-page"]')
      await page.locator('[data-test="report-preview"] canvas').nth(2).waitFor()
      await camera.shoot('report')
      await page.keyboard.press('Escape')
      await page.locator('[data-test="agreement"]').getByText('Agree', { exact: true }).click()
      await page.fill('[data-test="review"] textarea', 'Echocardiography within two weeks.')
      await page.click('[data-test="open-signing"]')
      await camera.shoot('sign')
      await page.keyboard.press('Escape')
    },
  },
  {
    name: 'long-names',
    async run(page, camera) {
      await addPatient(page, 'LONG-1', LONG_CHINESE_NAME)
      await addPatient(page, 'A-VERY-LONG-HOSPITAL-NUMBER-0000123', LONG_NAME)
      await goTo(page, '/import')
      await page.setInputFiles('[data-test="file-input"]', ['HR06000.hea', 'HR06000.mat'].map(fixture))
      await page.locator('article.line', { hasText: 'HR06000' }).locator('[data-test="open"]').click()
      await page.locator('article.disease').nth(3).waitFor()
      await page.click('[data-test="choose-patient"]')
      await page.fill('input[data-test="search-words"]', 'Wilhelmina')
      await page.locator('[data-test="search-result"]', { hasText: 'Wilhelmina' }).waitFor()
      await page.keyboard.press('Enter')
      await page.locator('[data-test="patient-band"] a').waitFor()
      await camera.shoot('long-recording')
      await camera.shootZoomed('long-recording')
      await page.locator('[data-test="patient-band"] a').click()
      await page.locator('[data-test="identity"]').waitFor()
      await camera.shoot('long-patient')
      await goTo(page, '/patients')
      await page.waitForTimeout(600)
      await camera.shoot('long-patients')
      await goTo(page, '/')
      await page.waitForTimeout(600)
      await camera.shoot('long-work-list')
    },
  },
  {
    name: 'lock',
    async run(page, camera) {
      await page.click('[data-test="lock"]')
      await page.locator('[data-test="unlock"]').waitFor()
      await camera.shoot('lock')
      await page.fill('input[data-test="password"]', 'demo-doctor')
      await page.click('[data-test="unlock"]')
      await page.waitForSelector('nav')
    },
  },
]

export const administrationStops: readonly Stop[] = [
  plain('people', '/administration/people'),
  plain('backup', '/administration/backup'),
  plain('audit', '/administration/audit'),
  plain('settings', '/administration/settings', 1200),
  plain('keys', '/administration/keys'),
  plain('exchange-administrator', '/exchange', 1200),
]
