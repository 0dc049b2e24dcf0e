import { useI18n } from 'vue-i18n'
import type { LeadQuality, SignalQuality } from '../../contract.ts'

/** The reasons of a verdict as words and sentences in the reader's language. */
export function useReasons() {
  const { t } = useI18n()

  const words = ({ reasons }: LeadQuality): string => reasons.map((reason) => t(`quality.reasons.${reason}`)).join(', ')

  const lead = (each: LeadQuality): string =>
    each.verdict === 'pass'
      ? t('quality.leadPass', { lead: each.name })
      : t('quality.lead', { lead: each.name, reasons: words(each) })

  const sentences = (quality: SignalQuality): string[] => [
    ...quality.leads.filter(({ verdict }) => verdict !== 'pass').map(lead),
    ...(quality.interchange ? [t('quality.interchange', { which: quality.interchange })] : []),
    ...(quality.paced ? [t(`quality.paced.${quality.paced}`)] : []),
  ]

  return { words, lead, sentences }
}
