import { AppError } from '../../../src-preload/contract/errors.ts'
import type { Entry, Result } from './result-names.ts'

/**
 * One entry of the analysis. Where its data leave a statistic undefined (one class, one reader, nothing read), the
 * entry stays and says why; no number is put in its place.
 */
export function entry(what: Omit<Entry, 'results'>, compute: () => { [name: string]: Result }): Entry {
  try {
    return { ...what, results: compute() }
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('statistics/'))
      return { ...what, results: { undefined: `${error.message} (${error.code})` } }
    throw error
  }
}
