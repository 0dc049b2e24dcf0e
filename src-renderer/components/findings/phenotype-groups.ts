import type { AppDescription, PhenotypeResult } from '../../contract.ts'

type DescribedPhenotype = NonNullable<AppDescription['pack']>['phenotypes'][number]

/** A phenotype of a result with what the pack says about it. */
export type Phenotype = PhenotypeResult & Pick<DescribedPhenotype, 'group'> & { names: { en: string; zh: string } }

/** Below this R², a prediction is hardly better than the average of everybody. */
export const RELIABLE_R2 = 0.1

export const CHAMBER_GROUPS = ['lv', 'rv', 'la', 'ra', 'aorta'] as const
export const SEGMENT_GROUPS = ['wall-thickness', 'ecc', 'err'] as const
export type SegmentGroup = (typeof SEGMENT_GROUPS)[number]

/** Joins results and pack by field number; a field that the pack does not describe keeps the name of the result. */
export function describePhenotypes(
  results: readonly PhenotypeResult[],
  described: readonly DescribedPhenotype[],
): Phenotype[] {
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
export function segmentsOf(
  phenotypes: readonly Phenotype[],
  group: SegmentGroup,
): { segments: Phenotype[]; global: Phenotype } | null {
  const members = phenotypes.filter((phenotype) => phenotype.group === group).sort((a, b) => a.field - b.field)
  const global = members[16]
  return members.length === 17 && global ? { segments: members.slice(0, 16), global } : null
}

export function isUnreliable(phenotype: Phenotype): boolean {
  return phenotype.r2 !== undefined && phenotype.r2 < RELIABLE_R2
}

/**
 * Names without what they all begin with: under the heading "Left ventricle", "LV end-diastolic volume" and
 * "LV stroke volume" become "End-diastolic volume" and "Stroke volume". Latin words are never cut in two.
 */
export function shortNames(names: readonly string[]): string[] {
  const [first = '', ...rest] = names
  let length = 0
  if (rest.length > 0) while (length < first.length && rest.every((name) => name[length] === first[length])) length++
  while (
    length > 0 &&
    names.some(
      (name) => /[\p{Script=Latin}\d]/u.test(name[length] ?? '') && /[\p{Script=Latin}\d]/u.test(name[length - 1]!),
    )
  )
    length--
  return names.map((name) => {
    const short = name.slice(length).trim()
    return short === '' ? name : short[0]!.toUpperCase() + short.slice(1)
  })
}
