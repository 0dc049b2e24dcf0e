import { z } from 'zod'
import type { AllocatedRead } from './allocate.ts'
import type { RandomStream } from './random-stream.ts'

/**
 * What the application needs to hand out cases in the right order and at the right time, and nothing more: neither arm
 * nor case number. It lies open in the store; the allocation lies sealed beside it.
 */
export const PlannedRead = z.strictObject({
  readId: z.string(),
  readerId: z.int(),
  stageId: z.string(),
  sitting: z.int(),
  position: z.int(),
  training: z.boolean(),
  /** The same for all reads of one case by one reader, for the washout; another one for every reader. */
  caseToken: z.string(),
  /** Names of the prepared pictures, of which the reader's window never hears. */
  itemId: z.string(),
})
export type PlannedRead = z.infer<typeof PlannedRead>

/**
 * @param itemOf  name of the prepared item of a case under an arm
 */
export function deliveryPlan(
  reads: readonly AllocatedRead[],
  itemOf: (caseId: number, arm: AllocatedRead['arm']) => string,
  random: RandomStream,
): PlannedRead[] {
  const tokens = new Map<string, string>()
  return reads.map(({ readId, readerId, stageId, sitting, position, training, caseId, arm }) => {
    const key = `${readerId}/${caseId}`
    const caseToken = tokens.get(key) ?? random.name()
    tokens.set(key, caseToken)
    return { readId, readerId, stageId, sitting, position, training, caseToken, itemId: itemOf(caseId, arm) }
  })
}
