import type { DiseaseResult } from '../../src-preload/contract/screening.ts'
import type { OperatingPoint, SiteSettings } from '../../src-preload/contract/settings.ts'

/** What the site decided of its screenings; recorded with each result. */
export interface SiteChoice {
  operatingPoint: OperatingPoint
  /** How common each disease is among the people here, in (0, 1); absent where nobody said. */
  prevalence: Partial<Record<DiseaseResult['id'], number>>
}

/** Where nobody decided anything: Youden's thresholds, at the pack's own prevalence. */
export const NO_SITE_CHOICE: SiteChoice = { operatingPoint: 'balanced', prevalence: {} }

export function siteChoice({ operatingPoint, prevalence }: SiteSettings): SiteChoice {
  const said = Object.entries(prevalence).flatMap(([id, one]) => (one ? [[id, one.share] as const] : []))
  return { operatingPoint, prevalence: Object.fromEntries(said) }
}
