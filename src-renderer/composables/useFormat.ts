import { computed, type ComputedRef } from 'vue'
import { createFormatter, type Formatter } from '../format.ts'
import { usePreferencesStore } from '../stores/preferences.ts'

const formatters = new Map<string, Formatter>()

function formatterFor(languageTag: string): Formatter {
  const formatter = formatters.get(languageTag) ?? createFormatter(languageTag)
  formatters.set(languageTag, formatter)
  return formatter
}

/** Numbers and dates in the convention of the chosen language; all components share one formatter a language. */
export function useFormat(): ComputedRef<Formatter> {
  const preferences = usePreferencesStore()
  return computed(() => formatterFor(preferences.languageTag))
}
