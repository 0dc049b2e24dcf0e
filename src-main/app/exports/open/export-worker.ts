/** The thread of an export in open formats. It has the data key for as long as that takes. */
import { carryOutThread } from '../../../registry/worker/thread.ts'
import { writeExport, type ExportOrder, type ExportProgress, type ExportReport } from './write-export.ts'

await carryOutThread<ExportOrder, Promise<ExportReport>, ExportProgress>((order, dataKey, tell, isCancelled) =>
  writeExport({ ...order, dataKey }, { tell, isCancelled }),
)
