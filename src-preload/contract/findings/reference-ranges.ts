import { REFERENCE_SOURCES, type ReferenceSourceId } from './reference-sources.ts'

/** Of the person whose values are looked at, as far as it is known. */
export interface ReferencePerson {
  sex?: 'female' | 'male' | undefined
  ageYears?: number | undefined
  /** Body surface in m², where height and weight are known. */
  bodySurfaceM2?: number | undefined
}

export interface ReferenceRange {
  lower: number
  upper: number
  source: ReferenceSourceId
  /** How it was chosen: by what of the person, and of whom. */
  by: ('sex' | 'age' | 'body-surface')[]
  /** The person is younger or older than those of the source. */
  outsideAges: boolean
}

/** Why there is none. */
export type NoReference = 'not-verified' | 'sex-unknown' | 'age-unknown' | 'age-outside' | 'body-surface-unknown'

type Spread = readonly [mean: number, standardDeviation: number]
interface BySex {
  male: Spread
  female: Spread
}

/**
 * By sex, whatever the age. Hudsmith's left ventricular end-systolic volume is left out: there the papillary muscles
 * count as mass, in the population of the phenotypes as volume, and the smallest volume suffers most from that.
 *
 * @see Kawel-Boehm N et al., J Cardiovasc Magn Reson 2020;22:87, table 1, for the convention of either
 */
const BY_SEX: Readonly<Record<string, { spreads: BySex; source: ReferenceSourceId }>> = {
  LVEF: { spreads: { male: [58, 5], female: [61, 5] }, source: 'petersen2017' },
  LVEDV: { spreads: { male: [160, 29], female: [135, 26] }, source: 'hudsmith2005' },
  RVEDV: { spreads: { male: [190, 33], female: [148, 35] }, source: 'hudsmith2005' },
  RVESV: { spreads: { male: [78, 20], female: [56, 18] }, source: 'hudsmith2005' },
  LAV_max: { spreads: { male: [103, 30], female: [89, 21] }, source: 'hudsmith2005' },
  LASV: { spreads: { male: [58, 23], female: [48, 15] }, source: 'hudsmith2005' },
}

/** Per square metre of body surface, by sex. */
const BY_BODY_SURFACE: typeof BY_SEX = {
  LVM: { spreads: { male: [53, 9], female: [42, 7] }, source: 'petersen2017' },
}

/** By sex and age: the first band whose upper end the age is below. The source gives one area, not which of the cycle. */
const BY_AGE: Readonly<Record<string, readonly (BySex & { belowYears: number })[]>> = {
  AAo_max_area: [
    { belowYears: 45, male: [819, 162], female: [724, 138] },
    { belowYears: 55, male: [931, 180], female: [785, 161] },
    { belowYears: 65, male: [1004, 195], female: [859, 163] },
    { belowYears: Infinity, male: [1088, 220], female: [904, 173] },
  ],
  DAo_max_area: [
    { belowYears: 45, male: [468, 79], female: [382, 57] },
    { belowYears: 55, male: [525, 86], female: [419, 70] },
    { belowYears: 65, male: [584, 99], female: [468, 79] },
    { belowYears: Infinity, male: [683, 154], female: [532, 133] },
  ],
}

/** Of both sexes together; strain is method-dependent, these are of the method whose outputs the phenotypes are. */
const OF_ALL: Readonly<Record<string, Spread>> = {
  Ecc_global: [-22.33, 3.35],
  Err_global: [45.0, 8.31],
  Ell_global: [-18.5, 2.76],
}

/** Mean of the six mid-cavity segments: not an output itself, but what they are held against. */
export const MID_WALL = 'WT_mid'
const MID_WALL_SPREADS: BySex = { male: [6.3, 1.1], female: [5.3, 0.9] }

const ADULT_YEARS = 18

/**
 * The range within which 95 % of people like this one lie (mean ± 1.96 SD), where a figure was read in its source.
 *
 * @param id  of the phenotype, or `MID_WALL`
 * @returns the range in the phenotype's unit, or why there is none
 */
export function referenceFor(id: string, person: ReferencePerson): ReferenceRange | NoReference {
  const { sex, ageYears, bodySurfaceM2 } = person
  const all = OF_ALL[id]
  if (all) return refusedAge(ageYears) ?? range(all, 'ukBiobank', [], ageYears)
  const indexed = BY_BODY_SURFACE[id]
  const bands = BY_AGE[id]
  const plain = id === MID_WALL ? { spreads: MID_WALL_SPREADS, source: 'kawel2012' as const } : BY_SEX[id]
  if (!indexed && !bands && !plain) return 'not-verified'
  if (!sex) return 'sex-unknown'
  const refused = refusedAge(ageYears)
  if (refused) return refused
  if (plain) return range(plain.spreads[sex], plain.source, ['sex'], ageYears)
  if (indexed) {
    if (bodySurfaceM2 === undefined) return 'body-surface-unknown'
    return range(indexed.spreads[sex], indexed.source, ['sex', 'body-surface'], ageYears, bodySurfaceM2)
  }
  if (ageYears === undefined) return 'age-unknown'
  const band = bands!.find(({ belowYears }) => ageYears < belowYears)!
  return range(band[sex], 'qazi2023', ['sex', 'age'], ageYears)
}

/** Every source is of adults; an unknown age is let pass where the range does not depend on it. */
function refusedAge(ageYears: number | undefined): NoReference | null {
  return ageYears !== undefined && ageYears < ADULT_YEARS ? 'age-outside' : null
}

function range(
  [mean, deviation]: Spread,
  source: ReferenceSourceId,
  by: ReferenceRange['by'],
  ageYears: number | undefined,
  factor = 1,
): ReferenceRange {
  const lower = mean - 1.96 * deviation
  const { fromYears, toYears } = REFERENCE_SOURCES[source]
  const outsideAges = ageYears !== undefined && fromYears !== null && (ageYears < fromYears || ageYears > toYears)
  return {
    // Strains are negative by nature; what is positive by nature has no lower limit below zero.
    lower: factor * (mean > 0 ? Math.max(0, lower) : lower),
    upper: factor * (mean + 1.96 * deviation),
    source,
    by,
    outsideAges,
  }
}

/**
 * Body surface in m².
 *
 * @see Mosteller RD, N Engl J Med 1987;317:1098
 */
export function bodySurfaceM2(heightCm: number, weightKg: number): number {
  return Math.sqrt((heightCm * weightKg) / 3600)
}

/** Where a value lies against its range; `clearly` where its whole prediction interval lies outside. */
export function placeInRange(
  { value, interval }: { value: number; interval?: readonly [number, number] | undefined },
  { lower, upper }: ReferenceRange,
): 'within' | 'below' | 'above' | 'clearly-below' | 'clearly-above' {
  if (value < lower) return interval && interval[1] < lower ? 'clearly-below' : 'below'
  if (value > upper) return interval && interval[0] > upper ? 'clearly-above' : 'above'
  return 'within'
}
