import { expect, it } from 'vitest'
import { describeItem } from '../../../src-main/app/batch/summarise.ts'
import { batchHandlers } from '../../../src-main/app/handlers/batch.ts'
import type { Services } from '../../../src-main/app/services.ts'
import { listAudit } from '../../../src-main/registry/audit/list.ts'
import { listItems } from '../../../src-main/registry/tables/batch-lists.ts'
import { temporaryFolder } from '../../registry/support.ts'
import { newDesk } from './batch-support.ts'
import { makeFiles } from './made-files.ts'

it('leaves a recording unassigned whose file names somebody else, and the trail says who decided and why', async () => {
  const { access, answers, desk, registry } = await newDesk()
  const folder = temporaryFolder()
  const wang = { id: 'P1', name: 'Wang^Xiaoming', sex: 'male', birthDate: '1980-02-03' } as const
  makeFiles(folder, [
    { name: 'a', index: 1, patient: wang },
    { name: 'b', index: 2, patient: { ...wang, name: 'Li^Na', sex: 'female' } },
  ])
  const { batchId } = await desk.start({ kind: 'folder', source: folder, assignment: 'create' })
  await desk.idle(batchId!)
  const second = () =>
    describeItem(registry.db, folder, listItems(registry.db, { batchId: batchId!, outcomes: [], text: '' }, 0, 9)[1]!)
  const { id, recordingId, waitingFor } = second()
  expect(waitingFor).toBe('identity')
  const handlers = batchHandlers({ access, answers, batches: desk } as unknown as Services, () => undefined)
  await handlers['batch:decide-identity']({ itemId: id, assign: false, reason: 'another person' })
  expect(second()).toMatchObject({ outcome: 'screened', waitingFor: null, patient: null })
  const [left] = listAudit(registry.db, { kind: 'recording', limit: 1 })
  expect(left).toMatchObject({ action: 'batch:leave-unassigned', id: recordingId, reason: 'another person' })
  await desk.close()
})
