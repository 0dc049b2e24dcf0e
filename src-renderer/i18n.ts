import { createI18n } from 'vue-i18n'
import en from './locales/en/index.ts'
import zh from './locales/zh/index.ts'

export const LANGUAGES = ['en', 'zh'] as const
export type Language = (typeof LANGUAGES)[number]

/** BCP 47 tags, for `lang` and for the conventions of numbers and dates. */
export const LANGUAGE_TAGS: Record<Language, string> = { en: 'en', zh: 'zh-CN' }

/** The language of the first start: the computer's. */
export function preferredLanguage(tags: readonly string[]): Language {
  return tags[0]?.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

export const i18n = createI18n({ legacy: false, locale: 'en', fallbackLocale: false, messages: { en, zh } })
