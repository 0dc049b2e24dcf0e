import { AppError, type BatchQuestion, type BatchSummary } from '../../../src-preload/contract/index.ts'
import { getItem, refuseWaiting, requeueItems, settleIdentity, type BatchItem } from '../../registry/tables/batch-items.ts' // prettier-ignore
import { countFiltered, listItems, listQuestions } from '../../registry/tables/batch-lists.ts'
import { getBatch } from '../../registry/tables/batches.ts'
import { assignRecording, getRecording } from '../../registry/tables/recordings.ts'
import { BATCH_TABLE_TEMPLATE } from '../batch/batch-table.ts'
import { describeItem, shownPath } from '../batch/summarise.ts'
import type { Emit, Handlers } from '../dispatch.ts'
import { exportBatchCsv } from '../exports/batch-csv.ts'
import { rememberingCompanions } from '../import-drop.ts'
import { companionsBeside, openFile } from '../reading/open-file.ts'
import { compareIdentity } from '../recordings/compare-identity.ts'
import { patientLabel } from '../recordings/recording-entry.ts'
import type { Services } from '../services.ts'

type Channels = Extract<keyof Handlers, `batch:${string}`>

/** `batch:*` — many recordings unattended. */
export function batchHandlers(services: Services, emit: Emit): Pick<Handlers, Channels> {
  const { access, answers, batches } = services
  batches.onProgress((progress) => {
    emit('batch:progress', progress)
    if (progress.state === 'finished') batches.resumeUnfinished()
  })
  access.onChange(({ state }) => {
    if (state === 'open' && access.holdsOne(['operator', 'reviewer'])) batches.resumeUnfinished()
  })

  const after = async (batchId: string, work: (batchId: string) => unknown): Promise<BatchSummary> => {
    await work(batchId)
    return batches.summary(batchId)
  }

  return {
    async 'batch:start'(order) {
      const { batchId, problems } = await batches.start(order)
      return { batch: batchId === null ? null : batches.summary(batchId), problems }
    },
    'batch:list': () => batches.list(),
    'batch:read': ({ batchId }) => batches.summary(batchId),
    'batch:pause': ({ batchId }) => after(batchId, (id) => batches.pause(id)),
    'batch:resume': ({ batchId }) => after(batchId, (id) => batches.resume(id)),
    'batch:cancel': ({ batchId }) => after(batchId, (id) => batches.cancel(id)),
    'batch:list-items'({ offset, limit, ...filter }) {
      const { db } = access.registry()
      const { source } = getBatch(db, filter.batchId)
      const rows = listItems(db, filter, offset, limit).map((item) => describeItem(db, source, item))
      return { total: countFiltered(db, filter), rows }
    },
    'batch:list-questions'({ batchId }) {
      const { db } = access.registry()
      const { source } = getBatch(db, batchId)
      return listQuestions(db, batchId).map(({ item, count }): BatchQuestion => ({
        itemId: item.id as BatchQuestion['itemId'],
        file: shownPath(source, item.path),
        count,
        error: item.error!,
      }))
    },
    async 'batch:read-files'({ itemId }) {
      const { path } = waitingForAnswer(itemId)
      const main = await openFile(path)
      // The child says which files it needs; they are read here and handed to the window together.
      const companions = rememberingCompanions(companionsBeside(path))
      const reader = services.openReader()
      try {
        await reader.examine(main, companions.source)
      } finally {
        reader.close()
      }
      return { files: [main, ...companions.files()] }
    },
    async 'batch:answer'({ itemId, answer, remember }) {
      const item = waitingForAnswer(itemId)
      if (remember && item.header !== null) answers.keep(item.header, answer)
      const alone = remember && item.header !== null ? null : answer
      access.registry().change(access.actor(), (change) => requeueItems(change, item, alone))
      batches.reopen(item.batchId)
      return batches.summary(item.batchId)
    },
    'batch:refuse'({ itemId }) {
      const item = waitingForAnswer(itemId)
      access.registry().change(access.actor(), (change) => refuseWaiting(change, item))
      return batches.summary(item.batchId)
    },
    'batch:decide-identity'({ itemId, assign, reason }) {
      const registry = access.registry()
      const item = getItem(registry.db, itemId)
      const { recordingId, proposedId, waitingFor } = item
      if (waitingFor !== 'identity' || recordingId === null || proposedId === null) throw decided()
      const file = getRecording(registry.db, recordingId).summary.patient
      const differing = compareIdentity(file, patientLabel(registry.db, proposedId)).map(({ field }) => field)
      registry.change(access.actor(), (change) => {
        const said = reason === '' ? undefined : reason
        if (assign) {
          const identity = differing.length > 0 ? { differing, reason } : null
          assignRecording(change, recordingId, proposedId, identity, said)
        } else {
          settleIdentity(change, recordingId)
          change.audit({
            action: 'batch:leave-unassigned',
            kind: 'recording',
            id: recordingId,
            after: { proposedId, differing },
            ...(said !== undefined && { reason: said }),
          })
        }
      })
      return batches.summary(item.batchId)
    },
    'batch:export-csv': ({ batchId }) => exportBatchCsv(access.registry(), access.actor(), batchId),
    'batch:template': () => ({ fileName: 'cardionets-batch.csv', text: BATCH_TABLE_TEMPLATE }),
  }

  function waitingForAnswer(itemId: string): BatchItem {
    const item = getItem(access.registry().db, itemId)
    if (item.waitingFor !== 'answer') throw decided()
    return item
  }
}

const decided = (): AppError =>
  new AppError('batch/not-waiting', 'This file waits for nothing any more. Look at the list again.')
