import { computed, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { MeasuredEcg } from '../../contract.ts'
import { isOff, type DisplayFilter } from './display-filter.ts'
import type { PaperSettings } from './paper-layout.ts'

/** What stands beside the title of the paper: speed, gain, and everything that was done to the trace. */
export function usePaperCaption(shown: {
  settings: PaperSettings
  size: Readonly<Ref<'fit' | 'true'>>
  calibrated: Readonly<Ref<boolean>>
  median: Readonly<Ref<boolean>>
  measured: Readonly<Ref<MeasuredEcg | null>>
  filter: Readonly<Ref<DisplayFilter>>
}): ComputedRef<string> {
  const { t } = useI18n()
  return computed(() => {
    const { settings, size, calibrated, median, measured, filter } = shown
    const { baseline, mainsHz, lowPassHz } = filter.value
    const parts = [`${settings.speedMmPerS} mm/s`, `${settings.gainMmPerMv} mm/mV`]
    if (size.value === 'true') parts.push(t(calibrated.value ? 'viewer.calibrated' : 'viewer.uncalibrated'))
    if (median.value) {
      const found = measured.value?.measurements.beats
      if (found) parts.push(t('viewer.medianCaption', { used: found.used, found: found.found }))
      return parts.join(' · ')
    }
    if (isOff(filter.value)) parts.push(t('viewer.rawShown'))
    if (baseline) parts.push(t('viewer.baselineOn'))
    if (mainsHz > 0) parts.push(t('viewer.mainsOn', { hz: mainsHz }))
    if (lowPassHz > 0) parts.push(t('viewer.lowPassOn', { hz: lowPassHz }))
    return parts.join(' · ')
  })
}
