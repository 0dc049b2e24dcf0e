import { z } from 'zod'
import { Arm, type Stage, type StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import { dealOrders, ordersOf } from './arm-orders.ts'
import { RandomStream } from './random-stream.ts'
import { readingOrders } from './reading-order.ts'

/** One read that one reader will make. The whole list is the allocation, which is sealed. */
export const AllocatedRead = z.strictObject({
  /** 128 random bits: all that a reader's window ever learns of it. */
  readId: z.string().regex(/^[0-9a-f]{32}$/),
  readerId: z.int(),
  stageId: z.string(),
  /** Sittings of one reader, numbered from 1 through all stages. */
  sitting: z.int().min(1),
  /** Position among all reads of the reader, from 1. */
  position: z.int().min(1),
  caseId: z.int(),
  arm: Arm,
  training: z.boolean(),
})
export type AllocatedRead = z.infer<typeof AllocatedRead>

/**
 * Deals arms, orders and sittings to every reader, from a seed alone: one seed and one protocol give one allocation.
 *
 * - `every-arm` stages: as many passes through the cases as arms; which arm a case shows in which pass is balanced over
 *   the readers, case by case;
 * - `crossover` stages: each case follows one Williams sequence with each reader, balanced likewise;
 * - a pass never shares a sitting with another pass, so real and generated of one case never meet in one sitting;
 * - training reads stand before a stage's first pass and under each of its arms.
 *
 * @param seed  32 bytes from the system's generator
 * @throws AppError `study/distance-too-large`
 */
export function allocate(protocol: StudyProtocol, seed: Uint8Array): AllocatedRead[] {
  const passesByStage = protocol.stages.map((stage) => armsByPass(protocol, stage, seed))
  return protocol.readers.flatMap(({ readerId }, reader) => {
    const random = new RandomStream(seed, `order/${readerId}`)
    const reads: AllocatedRead[] = []
    let sitting = 0
    for (const [index, stage] of protocol.stages.entries()) {
      const passes = passesByStage[index]!
      const orders = readingOrders(countedCases(protocol), passes.length, protocol.minimumDistance, random)
      const training = trainingReads(protocol, stage, random)
      for (const [pass, order] of orders.entries()) {
        const counted = order.map((caseId) => ({ caseId, arm: passes[pass]!.get(caseId)![reader]!, training: false }))
        const list = pass === 0 ? [...training, ...counted] : counted
        for (const part of sittingsOf(list, protocol.sitting.maximumReads)) {
          sitting += 1
          for (const one of part) {
            const readId = random.name()
            reads.push({ readId, readerId, stageId: stage.id, sitting, position: reads.length + 1, ...one })
          }
        }
      }
    }
    return reads
  })
}

/** `[pass] → case → [reader] → arm` */
function armsByPass(protocol: StudyProtocol, stage: Stage, seed: Uint8Array): Map<number, Arm[]>[] {
  const orders = ordersOf(stage.arms)
  const readers = protocol.readers.length
  const periods = protocol.stages.filter((one) => one.assignment === 'crossover')
  // All periods of a crossover share one deal; every other stage has its own.
  const crossover = stage.assignment === 'crossover'
  const random = new RandomStream(seed, crossover ? 'arms/crossover' : `arms/${stage.id}`)
  const dealt = countedCases(protocol).map((caseId) => [caseId, dealOrders(orders, readers, random)] as const)
  const armsAt = (position: number): Map<number, Arm[]> =>
    new Map(dealt.map(([caseId, byReader]) => [caseId, byReader.map((order) => order[position]!)]))
  if (crossover) return [armsAt(periods.indexOf(stage))]
  return stage.arms.map((_, position) => armsAt(position))
}

function trainingReads(
  protocol: StudyProtocol,
  stage: Stage,
  random: RandomStream,
): { caseId: number; arm: Arm; training: true }[] {
  const cases = protocol.cases.filter((one) => one.training)
  return random.shuffled(cases).map(({ caseId }, index) => ({
    caseId,
    arm: stage.arms[index % stage.arms.length]!,
    training: true,
  }))
}

function countedCases(protocol: StudyProtocol): number[] {
  return protocol.cases.filter((one) => !one.training).map((one) => one.caseId)
}

/** Parts of nearly equal length, none above `most`. */
function sittingsOf<T>(list: readonly T[], most: number): T[][] {
  const parts = Math.ceil(list.length / most)
  return Array.from({ length: parts }, (_, part) =>
    list.slice(Math.round((part * list.length) / parts), Math.round(((part + 1) * list.length) / parts)),
  )
}
