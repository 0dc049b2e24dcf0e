import { FINDINGS, OPERATING_POINTS } from '../../src-preload/contract/constants.ts'
import { NO_SITE_CHOICE, type SiteChoice } from '../screening/site-choice.ts'
import { oneOf, UsageError } from './arguments.ts'

/** Options of a site without a registry: which threshold marks a disease, and how common each disease is there. */
export const siteOptions = {
  'operating-point': { type: 'string' },
  prevalence: { type: 'string', multiple: true },
} as const

/** @throws UsageError, naming what is not understood */
export function siteOf(values: {
  'operating-point'?: string | undefined
  prevalence?: string[] | undefined
}): SiteChoice {
  const point = values['operating-point']
  return {
    operatingPoint:
      point === undefined ? NO_SITE_CHOICE.operatingPoint : oneOf('operating-point', point, OPERATING_POINTS),
    prevalence: Object.fromEntries((values.prevalence ?? []).map(parsePrevalence)),
  }
}

/** `hf=0.02` */
function parsePrevalence(text: string): [id: (typeof FINDINGS)[number], share: number] {
  const [id, value, ...rest] = text.split('=')
  const known = FINDINGS.find((one) => one === id)
  const share = Number(value)
  if (!known || value === undefined || value.trim() === '' || rest.length > 0 || !(share > 0 && share < 1)) {
    throw new UsageError(
      `--prevalence ${text} is not understood: give a disease (${FINDINGS.join(', ')}) and a share between 0 and 1, as in hf=0.02.`,
    )
  }
  return [known, share]
}
