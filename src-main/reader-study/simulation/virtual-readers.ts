import type { Arm, StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import { normalCumulative, normalQuantile } from '../../statistics/distributions.ts'
import { Philox } from '../../statistics/random.ts'
import type { CaseTruth } from '../bundle/study-record.ts'
import type { Answers } from '../reading/answers.ts'

/**
 * Share of the score's variance of one read that comes from: the case itself, the case with this reader, the case under
 * this arm; the rest is noise of the single read. Readers differ in skill by `readerSpread`, and in what an arm does for
 * them by `interactionSpread` (both of the separation in standard deviations).
 */
export interface ReaderModel {
  caseShare: number
  readerCaseShare: number
  armCaseShare: number
  readerSpread: number
  interactionSpread: number
}

export const usualReaders: ReaderModel = {
  caseShare: 0.3,
  readerCaseShare: 0.2,
  armCaseShare: 0.1,
  readerSpread: 0.15,
  interactionSpread: 0.1,
}

/**
 * Virtual readers of known area: the binormal model of Roe and Metz.
 *
 * @param areas  expected area of a reader under each arm
 * @see Roe & Metz, Acad Radiol 1997;4:298–303
 */
export class VirtualReaders {
  readonly #separation: Map<string, number>
  readonly #random: Philox
  readonly #model: ReaderModel
  readonly #caseTerms = new Map<string, number>()

  constructor(
    areas: ReadonlyMap<Arm, number>,
    readerIds: readonly number[],
    seed: number,
    model: ReaderModel = usualReaders,
  ) {
    this.#random = new Philox(seed)
    this.#model = model
    const { readerSpread, interactionSpread } = model
    // Φ(E[d]/√(2 + Var d)) is the expected area of a reader whose separation d varies.
    const widened = Math.sqrt(2 + readerSpread ** 2 + interactionSpread ** 2)
    this.#separation = new Map()
    for (const readerId of readerIds) {
      const skill = readerSpread * this.#random.normal()
      for (const [arm, area] of areas) {
        const own = interactionSpread * this.#random.normal()
        this.#separation.set(`${readerId}/${arm}`, normalQuantile(area) * widened + skill + own)
      }
    }
  }

  /** Answers to a diagnostic read. */
  diagnose(protocol: StudyProtocol, readerId: number, one: CaseTruth, arm: Arm): Answers {
    const { caseShare, readerCaseShare, armCaseShare } = this.#model
    const noise = 1 - caseShare - readerCaseShare - armCaseShare
    const score =
      one.truth * this.#separation.get(`${readerId}/${arm}`)! +
      Math.sqrt(caseShare) * this.#term(`case/${one.caseId}`) +
      Math.sqrt(readerCaseShare) * this.#term(`reader/${readerId}/${one.caseId}`) +
      Math.sqrt(armCaseShare) * this.#term(`arm/${arm}/${one.caseId}`) +
      Math.sqrt(noise) * this.#random.normal()
    // Monotone to 0 … 100, spread over the whole scale; 50 lies between the classes.
    const confidence = Math.round(100 * normalCumulative((score - 0.7) / 1.2))
    const { question, callQuestion } = protocol.primary
    return {
      [question]: confidence,
      ...(callQuestion === null ? {} : { [callQuestion]: confidence >= 50 ? 'yes' : 'no' }),
      ...(protocol.questions.some((q) => q.id === 'seen') ? { seen: 'no' } : {}),
    }
  }

  /** Answers to the real/generated task: right with this probability. */
  tell(question: string, arm: Arm, accuracy: number): Answers {
    const generated = arm !== 'ecg-real'
    const right = this.#random.uniform() < accuracy
    return { [question]: generated === right ? 'generated' : 'real' }
  }

  /** Seconds with a case: log-normal around half a minute. */
  activeMs(): number {
    return Math.round(1000 * Math.exp(Math.log(30) + 0.4 * this.#random.normal()))
  }

  #term(name: string): number {
    let value = this.#caseTerms.get(name)
    if (value === undefined) this.#caseTerms.set(name, (value = this.#random.normal()))
    return value
  }
}
