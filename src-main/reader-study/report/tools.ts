import type { Arm } from '../../../src-preload/contract/study-protocol.ts'
import type { ReportBlock, ReportLanguage, ReportTable } from '../../../src-preload/contract/study-report.ts'
import type { Entry, Result } from '../analysis/result-names.ts'
import { fill } from './fill.ts'
import { english, type Word } from './words-en.ts'
import { chinese } from './words-zh.ts'

/** Told apart with colour-blindness too: blue, vermilion, green, amber, grey. */
export const ARM_COLOURS: Readonly<Record<string, string>> = {
  ecg: '#1d6fb8',
  'ecg-real': '#1b8a6b',
  'ecg-generated': '#d1541b',
  'ecg-both': '#7a4fb0',
  generated: '#dd9a12',
  model: '#5d6973',
}

/** Words and numbers of one report. */
export class ReportTools {
  readonly level: number
  readonly #words: Readonly<Record<Word, string>>

  constructor(language: ReportLanguage, level: number) {
    this.#words = language === 'zh' ? chinese : english
    this.level = level
  }

  say(word: Word, values: Readonly<Record<string, string | number>> = {}): string {
    return fill(this.#words[word], values)
  }

  arm(arm: Arm | 'model'): string {
    return this.say(`arm.${arm}`)
  }

  /** The usual words for seniority are translated; a study's own stand as they are. */
  seniority(word: string): string {
    return this.#words[`seniority.${word}` as Word] ?? word
  }

  /** A component of variance in words, with the name that software prints. */
  component(name: string): string {
    const words = this.#words[`component.${name}` as Word]
    return words ? `${words} (${name})` : name
  }

  /** Readers of one seniority, or all of them. */
  group(seniority: Result | undefined): string {
    return typeof seniority === 'string' ? this.seniority(seniority) : this.say('allReaders')
  }

  difference([first, second]: readonly [Arm, Arm]): string {
    return this.say('differenceOf', { first: this.arm(first), second: this.arm(second) })
  }

  get intervalTitle(): string {
    return this.say('interval', { level: Number((100 * this.level).toPrecision(4)) })
  }

  /** A number with fixed decimals and a real minus sign; what is no number is undefined. */
  number(value: Result | undefined, decimals = 3): string {
    if (value === null || value === undefined || value === '') return this.say('undefined')
    const number = Number(value)
    if (Number.isNaN(number)) return this.say('undefined')
    if (!Number.isFinite(number)) return number > 0 ? '∞' : '−∞'
    const text = number.toFixed(decimals)
    return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−')
  }

  range(low: Result | undefined, high: Result | undefined, decimals = 3): string {
    if (typeof low !== 'number' || typeof high !== 'number') return this.say('undefined')
    // A dash between a number and a negative one would read as its sign.
    return `${this.number(low, decimals)} … ${this.number(high, decimals)}`
  }

  pair(interval: Result | undefined, decimals = 3): string {
    return Array.isArray(interval) ? this.range(interval[0], interval[1], decimals) : this.say('undefined')
  }

  p(value: Result | undefined): string {
    if (typeof value !== 'number') return this.say('undefined')
    return value < 0.001 ? '< 0.001' : this.number(value)
  }

  /** Says why where the data left it undefined. */
  whyUndefined(entry: Entry, what: string): ReportBlock[] {
    const why = entry.results['undefined']
    return typeof why === 'string' ? [caution(this.say('undefinedWhy', { what, why }))] : []
  }
}

export const paragraph = (text: string): ReportBlock => ({ kind: 'paragraph', text, tone: 'plain' })
export const quiet = (text: string): ReportBlock => ({ kind: 'paragraph', text, tone: 'quiet' })
export const caution = (text: string): ReportBlock => ({ kind: 'paragraph', text, tone: 'caution' })

/** First column left, the others right, unless they are named. */
export function table(title: string, columns: readonly string[], rows: string[][], texts = 1): ReportBlock {
  const heads: ReportTable['columns'] = columns.map((name, index) => ({
    title: name,
    align: index < texts ? 'left' : 'right',
  }))
  return { kind: 'table', title, table: { columns: heads, rows } }
}

/** A part of an entry's results as rows. */
export function rowsOf(entry: Entry, name: string): { [name: string]: Result }[] {
  const rows = entry.results[name]
  return Array.isArray(rows) ? (rows as { [name: string]: Result }[]) : []
}

export function inputOf(entry: Entry, name: string): Result | undefined {
  return (entry.inputs as { [name: string]: Result } | undefined)?.[name]
}
