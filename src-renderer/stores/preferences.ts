import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { i18n, LANGUAGES, LANGUAGE_TAGS, preferredLanguage, type Language } from '../i18n.ts'
import { readSetting, writeSetting } from './settings-storage.ts'

export type Theme = 'light' | 'dark'

/** How this computer's user likes the window. Holds nothing about a patient. */
export const usePreferencesStore = defineStore('preferences', () => {
  const language = ref<Language>(readSetting('language', LANGUAGES) ?? preferredLanguage(navigator.languages))
  const theme = ref<Theme>(readSetting('theme', ['light', 'dark']) ?? systemTheme())
  const languageTag = computed(() => LANGUAGE_TAGS[language.value])

  watch(
    language,
    (chosen) => {
      i18n.global.locale.value = chosen
      document.documentElement.lang = LANGUAGE_TAGS[chosen]
    },
    { immediate: true },
  )
  watch(theme, (chosen) => document.documentElement.classList.toggle('dark', chosen === 'dark'), { immediate: true })

  function chooseLanguage(chosen: Language): void {
    language.value = chosen
    writeSetting('language', chosen)
  }

  function chooseTheme(chosen: Theme): void {
    theme.value = chosen
    writeSetting('theme', chosen)
  }

  return { language, languageTag, theme, chooseLanguage, chooseTheme }
})

function systemTheme(): Theme {
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}
