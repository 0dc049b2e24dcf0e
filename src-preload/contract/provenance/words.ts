import { zhSources } from './zh-sources.ts'
import { zhUnits } from './zh-units.ts'

/**
 * Where millivolts came from, in the reader's language; as main worded it where the wording is unknown.
 *
 * @param units  main's English sentence with the numbers of the file, e.g. "gain 2000 adu/mV in the header"
 */
export function translateUnits(language: 'en' | 'zh', units: string): string {
  if (language === 'en') return units
  const known = zhUnits.find(([pattern]) => pattern.test(units))
  return known ? units.replace(...known) : units
}

/** Where the rate or the lead order came from, in the reader's language. */
export function translateSource(language: 'en' | 'zh', source: string): string {
  return language === 'en' ? source : (zhSources[source] ?? source)
}
