import { z } from 'zod'
import { StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import { PlannedRead } from '../../reader-study/allocation/delivery-plan.ts'
import { Commitment } from '../../reader-study/protocol/lock.ts'
import { LogEntry } from '../../reader-study/reading/log.ts'

/** One reader's share of a study for another computer: no truth, no allocation, nothing of the other readers. */
export const StudyPackage = z.strictObject({
  format: z.literal('cardionets-study-package/1'),
  protocols: z.array(StudyProtocol).min(1),
  commitment: Commitment,
  readerId: z.int(),
  privateKey: z.string(),
  publicKey: z.string(),
  plan: z.array(
    PlannedRead.extend({
      feedback: z.strictObject({ disease: z.enum(['yes', 'no']), subtype: z.string().nullable() }).nullable(),
    }),
  ),
  items: z.array(z.strictObject({ itemId: z.string(), cycleMs: z.number().positive(), bytes: z.string() })),
  log: z.array(LogEntry),
})
export type StudyPackage = z.infer<typeof StudyPackage>
