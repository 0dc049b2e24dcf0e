import { useI18n } from 'vue-i18n'
import { useFormat } from '../../composables/useFormat.ts'
import { REFERENCE_SOURCES, type NoReference, type PhenotypeFinding, type ReferenceRange } from '../../findings.ts'

const WHY = {
  'not-verified': 'findings.refNotVerified',
  'sex-unknown': 'findings.refSexUnknown',
  'age-unknown': 'findings.refAgeUnknown',
  'age-outside': 'findings.refAgeOutside',
  'body-surface-unknown': 'findings.refBodyUnknown',
} as const satisfies Record<NoReference, string>

const PLACES = {
  within: 'findings.placeWithin',
  below: 'findings.placeBelow',
  above: 'findings.placeAbove',
  'clearly-below': 'findings.placeClearlyBelow',
  'clearly-above': 'findings.placeClearlyAbove',
} as const satisfies Record<NonNullable<PhenotypeFinding['place']>, string>

/** Negative strains: a heart that shortens less has the higher number, which "above range" would call more. */
const STRAIN_PLACES = {
  ...PLACES,
  below: 'findings.strainBelow',
  above: 'findings.strainAbove',
  'clearly-below': 'findings.strainClearlyBelow',
  'clearly-above': 'findings.strainClearlyAbove',
} as const satisfies Record<NonNullable<PhenotypeFinding['place']>, string>

/** Words for reference ranges: the range or why there is none, where it was read, and where a value lies in it. */
export function useReferenceWords() {
  const { t } = useI18n()
  const format = useFormat()

  function range(reference: ReferenceRange | NoReference, unit: string): string {
    if (typeof reference === 'string') return t(WHY[reference])
    return format.value.interval([reference.lower, reference.upper], unit)
  }

  /** Empty where there is no range. */
  function source(reference: ReferenceRange | NoReference): string {
    if (typeof reference === 'string') return ''
    const { citation, people, count, fromYears, toYears } = REFERENCE_SOURCES[reference.source]
    const parts = [
      t(people === 'healthy' ? 'findings.refHealthy' : 'findings.refUnselected', { n: format.value.number(count, 0) }),
      ...(fromYears === null ? [] : [t('findings.refYears', { from: fromYears, to: toYears })]),
      t(reference.by.length > 0 ? 'findings.refBySex' : 'findings.refBothSexes'),
      ...(reference.outsideAges ? [t('findings.refOutsideAges')] : []),
    ]
    return `${citation} (${parts.join(', ')})`
  }

  function place({ id, place: of }: Pick<PhenotypeFinding, 'id' | 'place'>): string {
    return of === null ? '' : t((/^E(cc|ll)_/.test(id) ? STRAIN_PLACES : PLACES)[of])
  }

  return { range, source, place }
}
