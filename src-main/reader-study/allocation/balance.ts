import type { CodedSentence } from '../../../src-preload/contract/coded-sentence.ts'
import type { StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import { ordersOf } from './arm-orders.ts'
import type { AllocatedRead } from './allocate.ts'

/** What may be shown of an allocation before the study: counts, never which case shows what. */
export interface BalanceReport {
  reads: number
  sittingsPerReader: { readerId: number; sittings: number; reads: number }[]
  /** Reads of each arm in each pass of a stage, over all readers: equal numbers mean balance. */
  stages: {
    stageId: string
    pass: number
    byArm: Record<string, number>
    byStratum: Record<string, Record<string, number>>
  }[]
  /** Smallest number of other reads between two reads of a case by one reader. */
  smallestDistance: number | null
  /** Rules that do not hold; none in an allocation of ours. */
  violations: CodedSentence[]
}

/** Counts an allocation and checks its rules anew, from the reads alone. */
export function balanceOf(protocol: StudyProtocol, reads: readonly AllocatedRead[]): BalanceReport {
  const violations: CodedSentence[] = []
  const counted = reads.filter((read) => !read.training)
  const strata = new Map(protocol.cases.map((one) => [one.caseId, one.stratum]))
  const perReader = protocol.readers.map(({ readerId }) => reads.filter((read) => read.readerId === readerId))
  let smallest: number | null = null
  for (const own of perReader) {
    const seenInSitting = new Set<string>()
    const lastPosition = new Map<string, number>()
    for (const read of own) {
      if (read.training) continue
      const key = `${read.sitting}/${read.caseId}`
      if (seenInSitting.has(key))
        violations.push({
          code: 'balance/case-twice',
          values: { reader: read.readerId, sitting: read.sitting },
          message: `reader ${read.readerId}: a case stands twice in sitting ${read.sitting}`,
        })
      seenInSitting.add(key)
      const place = `${read.stageId}/${read.caseId}`
      const before = lastPosition.get(place)
      if (before !== undefined) {
        const between = read.position - before - 1
        smallest = smallest === null ? between : Math.min(smallest, between)
        if (between < protocol.minimumDistance)
          violations.push({
            code: 'balance/too-near',
            values: { reader: read.readerId, between },
            message: `reader ${read.readerId}: only ${between} reads lie between two reads of a case`,
          })
      }
      lastPosition.set(place, read.position)
    }
  }
  const stages = protocol.stages.flatMap((stage) => {
    const own = counted.filter((read) => read.stageId === stage.id)
    const passes = stage.assignment === 'crossover' ? 1 : ordersOf(stage.arms)[0]!.length
    return Array.from({ length: passes }, (_, pass) => {
      const byArm: Record<string, number> = Object.fromEntries(stage.arms.map((arm) => [arm, 0]))
      const byStratum: Record<string, Record<string, number>> = {}
      for (const read of own.filter((one) => passOf(own, one) === pass)) {
        byArm[read.arm]! += 1
        const stratum = (byStratum[strata.get(read.caseId)!] ??= {})
        stratum[read.arm] = (stratum[read.arm] ?? 0) + 1
      }
      return { stageId: stage.id, pass: pass + 1, byArm, byStratum }
    })
  })
  return {
    reads: counted.length,
    sittingsPerReader: perReader.map((own, index) => ({
      readerId: protocol.readers[index]!.readerId,
      sittings: new Set(own.map((read) => read.sitting)).size,
      reads: own.length,
    })),
    stages,
    smallestDistance: smallest,
    violations,
  }
}

function passOf(stageReads: readonly AllocatedRead[], read: AllocatedRead): number {
  return stageReads.filter(
    (one) => one.readerId === read.readerId && one.caseId === read.caseId && one.position < read.position,
  ).length
}
