import { homedir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { supportBundle } from '../../../src-main/app/exports/support-bundle.ts'
import { LogTail } from '../../../src-main/app/log-tail.ts'
import type { Services } from '../../../src-main/app/services.ts'
import { createPatient } from '../../../src-main/registry/tables/patients.ts'
import { storeRecording } from '../../../src-main/registry/tables/recordings.ts'
import { changeSiteSettings } from '../../../src-main/registry/tables/site-settings.ts'
import { newRecording, newWorkspace, patientFields } from '../../registry/support.ts'

const CANARIES = ['Canary-Surname', '金丝雀', 'P-778899', '1931-07-14', 'canary street', 'Canary Clinic', 'canary-source', 'canary-folder', 'Canary Administrator'] // prettier-ignore

async function worked() {
  const workspace = await newWorkspace()
  const { registry, by, access } = workspace
  registry.change(by, (change) => {
    createPatient(change, patientFields({ name: 'Canary-Surname 金丝雀', localId: 'P-778899', birthDate: '1931-07-14', contact: 'canary street' })) // prettier-ignore
    storeRecording(change, newRecording(registry, 'Canary-Surname.hea'))
    changeSiteSettings(change, {
      siteName: 'Canary Clinic',
      backupFolder: '/media/canary-folder',
      prevalence: { cad: null, hf: { share: 0.02, source: 'canary-source' }, cm: null, ph: null },
    })
  })
  const tail = new LogTail(() => undefined)
  tail.log(`Error\n    at run (${homedir()}/cardionets/out/main/cli.js:1:1)`)
  const services = {
    version: '9.9.9',
    entry: 'desktop',
    access,
    logLines: tail.lines,
    packError: () =>
      Promise.resolve({ code: 'pack/missing', message: 'There is no model pack in /home/canary-folder.' }),
  } as unknown as Services
  return { ...workspace, services }
}

describe('the support bundle', () => {
  it('holds what helps: versions, this computer, codes, counts, settings', async () => {
    const { services, access } = await worked()
    const { fileName, text } = await supportBundle(services)
    expect(fileName).toMatch(/^cardionets-support-\d{4}-\d\d-\d\d\.json$/)
    expect(JSON.parse(text)).toMatchObject({
      version: '9.9.9',
      models: { refused: 'pack/missing' },
      registry: { rows: { patient: 1, recording: 1 }, settings: { prevalence: { hf: 0.02 }, backupsElsewhere: true } },
      log: [expect.stringContaining('at run (~/cardionets')],
    })
    access.close()
  })

  it('holds nothing of a patient, of the site or of a person', async () => {
    const { services, access } = await worked()
    const { text } = await supportBundle(services)
    expect(CANARIES.filter((canary) => text.includes(canary))).toEqual([])
    expect(text).not.toContain(homedir())
    access.close()
  })

  it('keeps the end of a long log', () => {
    const tail = new LogTail(() => undefined)
    for (let line = 1; line <= 1000; line += 1) tail.log(`line ${line}`)
    expect(tail.lines).toHaveLength(400)
    expect(tail.lines.at(-1)).toBe('line 1000')
  })
})
