/** Decimals that a unit deserves: no more than the model or the measurement can carry. */
const DECIMALS: Readonly<Record<string, number>> = {
  mL: 0,
  g: 0,
  '%': 1,
  mm: 1,
  'mm²': 0,
  'L/min': 1,
  '10⁻³ mmHg⁻¹': 2,
}

const MINUS = '\u2212'

export interface Formatter {
  /** A number with a fixed count of decimals, in the user's convention. */
  number(value: number, decimals: number): string
  /** A change, with its sign; none for nothing. */
  signed(value: number, decimals: number): string
  /** 0.34; never rounded to 0.00 or 1.00 where it is neither. */
  probability(value: number): string
  /** 0.22–0.48 */
  probabilities(bounds: readonly [number, number]): string
  /** 2 % or 0.4 %: two significant digits; never rounded to 0 or 100 where it is neither. */
  percent(share: number): string
  /** 1.2–3.4 % */
  percents(bounds: readonly [number, number]): string
  /** A value in a phenotype's unit, without the unit. */
  quantity(value: number, unit: string): string
  /** A change of a value, with its sign. */
  signedQuantity(value: number, unit: string): string
  /** 131–205; bounds below zero stand apart, since a dash would read as another minus. */
  interval(bounds: readonly [number, number], unit: string): string
  /** 2.4 × 10⁻⁶ */
  scientific(value: number): string
  /** A file's local time; as the file has it where it is no date. */
  dateTime(iso: string | undefined): string
  date(iso: string | undefined): string
}

/** @param languageTag  BCP 47 */
export function createFormatter(languageTag: string): Formatter {
  // Making a number format costs a hundred times what using it does, and a page of findings has hundreds of numbers.
  const numberFormats = new Map<number, Intl.NumberFormat>()
  const numberFormat = (decimals: number): Intl.NumberFormat => {
    const known = numberFormats.get(decimals)
    if (known) return known
    const made = new Intl.NumberFormat(languageTag, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    })
    numberFormats.set(decimals, made)
    return made
  }
  const number = (value: number, decimals: number): string => numberFormat(decimals).format(value).replace('-', MINUS)
  /** What rounds to nothing has no sign: "−0.00" reads as if it went down. */
  const withSign = (shown: string, value: number): string => {
    if (!/[1-9]/.test(shown)) return shown.replace(MINUS, '')
    return value > 0 ? `+${shown}` : shown
  }
  const quantity = (value: number, unit: string): string => number(value, DECIMALS[unit] ?? 2)
  const probability = (value: number): string => {
    if (value > 0 && value < 0.01) return `< ${number(0.01, 2)}`
    if (value < 1 && value > 0.99) return `> ${number(0.99, 2)}`
    return number(value, 2)
  }
  const percentage = (share: number): string => {
    if (share > 0 && share < 0.0001) return `< ${number(0.01, 2)}`
    if (share < 1 && share > 0.999) return `> ${number(99.9, 1)}`
    return number(100 * share, share >= 0.1 || share === 0 ? 0 : share >= 0.01 ? 1 : 2)
  }
  const dateFormat = (iso: string | undefined, options: Intl.DateTimeFormatOptions): string => {
    if (iso === undefined) return '–'
    const time = new Date(iso)
    return Number.isNaN(time.getTime()) ? iso : new Intl.DateTimeFormat(languageTag, options).format(time)
  }
  return {
    number,
    signed: (value, decimals) => withSign(number(value, decimals), value),
    probability,
    probabilities: ([lower, upper]) => range(probability(lower), probability(upper)),
    percent: (share) => `${percentage(share)} %`,
    percents: ([lower, upper]) => `${range(percentage(lower), percentage(upper))} %`,
    scientific(value) {
      const [mantissa, exponent] = value.toExponential(1).split('e')
      return `${number(Number(mantissa), 1)} × 10${superscript(exponent!)}`
    },
    quantity,
    signedQuantity: (value, unit) => withSign(quantity(value, unit), value),
    interval([lower, upper], unit) {
      return quantity(lower, unit) + (lower < 0 ? '\u2009…\u2009' : '–') + quantity(upper, unit)
    },
    // 24 hours, as in the notes of a hospital: no one takes a morning for an evening.
    dateTime: (iso) => dateFormat(iso, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' }),
    // A date without time is a calendar day, not an instant: midnight UTC would shift it west of Greenwich.
    date: (iso) => dateFormat(iso && /^\d{4}-\d{2}-\d{2}$/.test(iso) ? `${iso}T00:00` : iso, { dateStyle: 'medium' }),
  }
}

/** Two bounds that are written alike, such as "< 0.01", are written once. */
const range = (lower: string, upper: string): string => (lower === upper ? lower : `${lower}–${upper}`)

/** "-6" → "⁻⁶", "+0" → "⁰" */
function superscript(exponent: string): string {
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹'
  return exponent.replace('+', '').replace(/./g, (character) => (character === '-' ? '⁻' : digits[Number(character)]!))
}
