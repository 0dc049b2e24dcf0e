import { describe, expect, it } from 'vitest'
import { allocate, type AllocatedRead } from '../../src-main/reader-study/allocation/allocate.ts'
import { balanceOf } from '../../src-main/reader-study/allocation/balance.ts'
import { deliveryPlan } from '../../src-main/reader-study/allocation/delivery-plan.ts'
import { RandomStream } from '../../src-main/reader-study/allocation/random-stream.ts'
import { sixSequenceWilliamsDesign } from '../../src-main/reader-study/protocol/templates.ts'
import { wilsonInterval } from '../../src-main/statistics/proportions/interval.ts'
import { exampleProtocol, SEED } from './example.ts'
import { LONG } from './long.ts'

const protocol = exampleProtocol({ training: 3 })
const reads = allocate(protocol, SEED)
const counted = reads.filter((read) => !read.training)
const of = (list: readonly AllocatedRead[], readerId: number, stageId: string): AllocatedRead[] =>
  list.filter((read) => read.readerId === readerId && read.stageId === stageId)

describe('the allocation of the article design', () => {
  it('gives every reader every case once under each arm of each stage', () => {
    for (const { readerId } of protocol.readers) {
      for (const stage of protocol.stages) {
        const pairs = of(counted, readerId, stage.id).map((read) => `${read.caseId}/${read.arm}`)
        expect(new Set(pairs).size).toBe(111 * stage.arms.length)
        expect(pairs).toHaveLength(111 * stage.arms.length)
      }
    }
  })
  it('never shows one case twice in a sitting, keeps the distance, and is balanced over the readers', () => {
    const balance = balanceOf(protocol, reads)
    expect(balance.violations).toEqual([])
    expect(balance.smallestDistance).toBeGreaterThanOrEqual(protocol.minimumDistance)
    // Six readers, two orders: three readers follow each with every case.
    expect(balance.stages.find((one) => one.stageId === 'stage-2')!.byArm).toEqual({
      'ecg-generated': 333,
      'ecg-real': 333,
    })
  })
  it('finds the rules broken where they are', () => {
    const broken = reads.map((read) => ({ ...read, sitting: 1 }))
    expect(balanceOf(protocol, broken).violations[0]!.message).toContain('stands twice in sitting 1')
  })
  it('is the same for one seed, another for another, and differs between readers and stages', () => {
    expect(allocate(protocol, SEED)).toEqual(reads)
    expect(
      allocate(
        protocol,
        SEED.map((byte) => byte ^ 1),
      ),
    ).not.toEqual(reads)
    const order = (readerId: number, stageId: string): string =>
      of(reads, readerId, stageId)
        .map((one) => one.caseId)
        .join()
    expect(order(1, 'stage-1')).not.toBe(order(2, 'stage-1'))
    expect(order(1, 'stage-1')).not.toBe(order(1, 'stage-2').slice(0, order(1, 'stage-1').length))
  })
  it('puts training before the counted reads of a stage', () =>
    expect(
      of(reads, 1, 'stage-2')
        .slice(0, 4)
        .map((read) => read.training),
    ).toEqual([true, true, true, false]))
  it('refuses a distance that no order has', () =>
    expect(() => allocate({ ...exampleProtocol({ cases: 5 }), minimumDistance: 9 }, SEED)).toThrow('smaller distance'))
})

describe('the allocation of the Williams design', () => {
  const williams = exampleProtocol({ template: sixSequenceWilliamsDesign })
  const periods = ['period-1', 'period-2', 'period-3']
  const list = allocate(williams, SEED)

  it('lets six readers follow the six sequences of every case, so that order and carry-over are balanced', () => {
    for (const caseId of [1, 50, 111]) {
      const sequences = williams.readers.map(({ readerId }) =>
        periods.map((stageId) => of(list, readerId, stageId).find((read) => read.caseId === caseId)!.arm).join(' > '),
      )
      expect(new Set(sequences).size).toBe(6)
    }
  })
  it('uses every arm in every period equally often', () => {
    const balance = balanceOf(williams, list)
    for (const { byArm } of balance.stages.filter((one) => one.stageId !== 'real-task'))
      expect(byArm).toEqual({ ecg: 222, 'ecg-real': 222, 'ecg-generated': 222 })
  })
})

describe('the delivery plan', () => {
  it('holds neither arm nor case number, and its case tokens differ between readers', () => {
    const plan = deliveryPlan(reads, (caseId, arm) => `${caseId}-${arm}`, new RandomStream(SEED, 'tokens'))
    expect(Object.keys(plan[0]!)).not.toContain('arm')
    expect(Object.keys(plan[0]!)).not.toContain('caseId')
    const tokens = plan.map((read) => `${read.readerId}/${read.caseToken}`)
    expect(new Set(tokens).size).toBe(6 * 114)
    expect(new Set(plan.map((read) => read.caseToken)).size).toBe(6 * 114)
  })
})

/**
 * Somebody who knows every arm that a reader has read so far guesses the next one: by the rarer arm, by the commoner,
 * by repeating, by alternating. None does better than a coin. (A planted leak, blocks along the reading order, is found.)
 */
describe('a predictor of the next arm', () => {
  const sequences = LONG ? 10_000 : 600
  const predictors: Record<string, (past: readonly string[]) => string> = {
    rarer: (past) => (2 * past.filter((arm) => arm === 'a').length > past.length ? 'b' : 'a'),
    commoner: (past) => (2 * past.filter((arm) => arm === 'a').length > past.length ? 'a' : 'b'),
    repeating: (past) => past.at(-1) ?? 'a',
    alternating: (past) => (past.at(-1) === 'a' ? 'b' : 'a'),
  }
  function accuracy(
    sequence: (index: number) => string[],
    predict: (past: readonly string[]) => string,
  ): [number, number] {
    let right = 0
    let all = 0
    for (let index = 0; index < sequences; index++) {
      const arms = sequence(index)
      for (const [position, arm] of arms.entries()) if (predict(arms.slice(0, position)) === arm) right += 1
      all += arms.length
    }
    // Four predictors share one error rate of 5 %.
    return wilsonInterval(right, all, { level: 0.9875 })
  }
  const short = (arm: string): string => (arm === 'ecg-real' ? 'a' : 'b')
  const small = exampleProtocol({ cases: 16 })
  /** One reader's arms in the order of reading, first pass of stage 2, from an allocation of its own. */
  const dealt = (index: number): string[] => {
    const own = allocate(small, new RandomStream(SEED, `predictor/${index}`).bytes(32))
    return of(own, 1 + (index % 6), 'stage-2')
      .slice(0, 16)
      .map((read) => short(read.arm))
  }
  it.each(Object.keys(predictors))('that guesses by the %s arm is a coin', (name) => {
    const [lower, upper] = accuracy(dealt, predictors[name]!)
    expect(lower).toBeLessThan(0.5)
    expect(upper).toBeGreaterThan(0.5)
  })
  it('finds blocks of two along the reading order', () => {
    const blocks = (index: number): string[] => {
      const random = new RandomStream(SEED, `blocks/${index}`)
      return Array.from({ length: 20 }, () => random.shuffled(['a', 'b'])).flat()
    }
    expect(accuracy(blocks, predictors['rarer']!)[0]).toBeGreaterThan(0.6)
  })
})
