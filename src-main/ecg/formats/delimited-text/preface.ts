import { AppError } from '../../../../src-preload/contract/errors.ts'
import { millivoltsPer } from '../units.ts'

/** `rate=500`, `Sampling rate (Hz);500`, `fs: 1 kHz`: a key, a separator, a number. */
const KEYED_NUMBER =
  /([A-Za-z][A-Za-z _-]{0,50}?) ?(?:[([](k?hz)[)\]])?["']? ?[=:,;\t|] ?["']? ?(\d{1,9}(?:\.\d{1,9})?) ?(k?hz)?(?![\d.])/gi
const KEYED_UNIT = /(?:^|[^A-Za-z])(?:amplitude[ _-]*)?units?["']?\s?[=:,;\t|]\s?["']?\s?([A-Za-z\u00b5\u03bc]+)/gi
/** Bare words count only alone: a heart rate is no sampling rate. */
const RATE_KEY = /^(?:rate|hz|frequency|.*\b(?:fs|samp(?:le|ling)[ _-]*(?:rate|frequency)|rate[ _-]*hz))(?:[ _-]*hz)?$/i

/**
 * The sampling rate in Hz that the lines above a table state, or undefined.
 *
 * @throws AppError `format/rate-conflict` where they state two
 */
export function statedRateHz(preface: string): number | undefined {
  const rates = new Set<number>()
  for (const [, key, bracketUnit, number, unit] of preface.matchAll(KEYED_NUMBER)) {
    if (!RATE_KEY.test(key!)) continue
    const kilo = /^khz$/i.test(unit ?? bracketUnit ?? '')
    rates.add(Number(number) * (kilo ? 1000 : 1))
  }
  if (rates.size > 1) {
    throw new AppError(
      'format/rate-conflict',
      `The lines above the table state several sampling rates: ${[...rates].join(', ')} Hz. Keep the true one.`,
    )
  }
  return [...rates][0]
}

/** The unit of voltage that the lines above a table state for all columns, or undefined. */
export function statedUnit(preface: string): string | undefined {
  return [...preface.matchAll(KEYED_UNIT)].map(([, unit]) => unit!).find((unit) => millivoltsPer(unit) !== undefined)
}
