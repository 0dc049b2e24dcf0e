/** What a result means: the functions that window, report and command line share (see src-preload/contract/findings). */
export { atOperatingPoint } from '../src-preload/contract/findings/at-operating-point.ts'
export { atSite, shiftPrevalence, type DiseaseAtSite } from '../src-preload/contract/findings/at-site.ts'
export { changeBetween, changeOfDisease, type Change } from '../src-preload/contract/findings/change.ts'
export type { ConsistencyCheck, IdentityId } from '../src-preload/contract/findings/contradictions.ts'
export {
  findingsOf,
  type DiseaseFinding,
  type Findings,
  type PhenotypeFinding,
} from '../src-preload/contract/findings/findings-of.ts'
export { isNotReliable } from '../src-preload/contract/findings/not-reliable.ts'
export { ofThousand, type OfThousand } from '../src-preload/contract/findings/of-thousand.ts'
export { personOf } from '../src-preload/contract/findings/person.ts'
export { predictiveValues, type Rate } from '../src-preload/contract/findings/predictive-values.ts'
export {
  MID_WALL,
  placeInRange,
  referenceFor,
  type NoReference,
  type ReferencePerson,
  type ReferenceRange,
} from '../src-preload/contract/findings/reference-ranges.ts'
export { REFERENCE_SOURCES } from '../src-preload/contract/findings/reference-sources.ts'
export { isWeak, WEAK_R2 } from '../src-preload/contract/findings/strength.ts'
