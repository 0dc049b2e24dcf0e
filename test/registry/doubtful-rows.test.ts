import { expect, it } from 'vitest'
import { storeRecording } from '../../src-main/registry/tables/recordings.ts'
import { addScreening } from '../../src-main/registry/tables/screenings.ts'
import { listWork, type WorkQuery } from '../../src-main/registry/worklist/list-work.ts'
import { madeUpResult } from './exchange/made-up-result.ts'
import { newRecording, newWorkspace } from './support.ts'

const TODAY = { date: '2026-01-05', startMs: Date.UTC(2026, 0, 5) }
const EVERYTHING: WorkQuery = {
  filter: { text: '', today: false, unassigned: false, positive: false, states: [] },
  order: 'importedAt',
  descending: true,
  offset: 0,
  limit: 9,
}

it('says of a row whether a limit of its newest screening forbids to rely on it', async () => {
  const { registry, by } = await newWorkspace()
  const { id } = registry.change(by, (change) => storeRecording(change, newRecording(registry, 'one')))
  const row = (): unknown => listWork(registry.db, EVERYTHING, TODAY)[0]
  const screened = (code: string): void => {
    const made = madeUpResult(id, ['hf'])
    const marks = [{ code, message: 'A limit.' }]
    registry.change(by, (change) => addScreening(change, { ...made, result: { ...made.result, marks } }))
  }
  screened('familiarity/unlike')
  expect(row()).toMatchObject({ doubtful: true })
  screened('pack/development-key')
  expect(row()).toMatchObject({ doubtful: false })
})
