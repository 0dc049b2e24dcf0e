import type { DescribedPhenotype, PhenotypeResult } from '../../contract.ts'
import type { PhenotypeFinding } from '../../findings.ts'

/** A phenotype of a result with what the pack says about it. */
export type Phenotype = PhenotypeFinding & Pick<DescribedPhenotype, 'group'> & { names: { en: string; zh: string } }

export const SEGMENT_GROUPS = ['wall-thickness', 'ecc', 'err'] as const
export type SegmentGroup = (typeof SEGMENT_GROUPS)[number]

/** Joins results and pack by field number; a field that the pack does not describe keeps the name of the result. */
export function describePhenotypes<P extends PhenotypeResult>(
  results: readonly P[],
  described: readonly Pick<DescribedPhenotype, 'field' | 'group' | 'name'>[],
): (P & Pick<Phenotype, 'group' | 'names'>)[] {
  const byField = new Map(described.map((phenotype) => [phenotype.field, phenotype]))
  return results.map((result) => {
    const known = byField.get(result.field)
    return { ...result, group: known?.group ?? 'other', names: known?.name ?? { en: result.name, zh: result.name } }
  })
}

/**
 * The 16 AHA segments and the global value of one map, in the pack's order (segments ascending, global last).
 *
 * @returns null where the group does not have 17 members
 */
export function segmentsOf<P extends Pick<Phenotype, 'group' | 'field'>>(
  phenotypes: readonly P[],
  group: SegmentGroup,
): { segments: P[]; global: P } | null {
  return withGlobal(phenotypes, group, 16)
}

/** The six segments of the four-chamber view, from the base of the septum over the apex, and the global value. */
export function longAxisOf<P extends Pick<Phenotype, 'group' | 'field'>>(
  phenotypes: readonly P[],
): { segments: P[]; global: P } | null {
  return withGlobal(phenotypes, 'ell', 6)
}

function withGlobal<P extends Pick<Phenotype, 'group' | 'field'>>(
  phenotypes: readonly P[],
  group: string,
  count: number,
): { segments: P[]; global: P } | null {
  const members = phenotypes.filter((phenotype) => phenotype.group === group).sort((a, b) => a.field - b.field)
  const global = members[count]
  return members.length === count + 1 && global ? { segments: members.slice(0, count), global } : null
}

/** Ascending and descending aorta by the first part of the id (`AAo_…`, `DAo_…`), titled by what their names share. */
export function splitByVessel<P extends Pick<Phenotype, 'id' | 'names'>>(
  phenotypes: readonly P[],
): { id: string; title: { en: string; zh: string }; members: P[] }[] {
  return [...Map.groupBy(phenotypes, (phenotype) => phenotype.id.split('_')[0]!)].map(([id, members]) => {
    const title = (language: 'en' | 'zh'): string =>
      sharedStart(members.map((member) => member.names[language])).trim() || id
    return { id, title: { en: title('en'), zh: title('zh') }, members }
  })
}

/**
 * Names without what they all begin with: under the heading "Left ventricle", "LV end-diastolic volume" and
 * "LV stroke volume" become "End-diastolic volume" and "Stroke volume".
 */
export function shortNames(names: readonly string[]): string[] {
  const { length } = names.length > 1 ? sharedStart(names) : ''
  return names.map((name) => {
    const short = name.slice(length).trim()
    return short === '' ? name : short[0]!.toUpperCase() + short.slice(1)
  })
}

/** What all names begin with; a Latin word or a number is never cut in two. */
function sharedStart(names: readonly string[]): string {
  const [first = '', ...rest] = names
  let length = 0
  while (length < first.length && rest.every((name) => name[length] === first[length])) length++
  const splitsWord = (name: string): boolean => isWordPart(name[length]) && isWordPart(name[length - 1])
  while (length > 0 && names.some(splitsWord)) length--
  return first.slice(0, length)
}

function isWordPart(character: string | undefined): boolean {
  return /[\p{Script=Latin}\d]/u.test(character ?? '')
}
