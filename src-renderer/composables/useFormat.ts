import { computed, type ComputedRef } from 'vue'
import { createFormatter, type Formatter } from '../format.ts'
import { usePreferencesStore } from '../stores/preferences.ts'

/** Numbers and dates in the convention of the chosen language. */
export function useFormat(): ComputedRef<Formatter> {
  const preferences = usePreferencesStore()
  return computed(() => createFormatter(preferences.languageTag))
}
