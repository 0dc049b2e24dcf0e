import { readFileSync } from 'node:fs'
import { ReadingAnswer, VoltageUnit } from '../../src-preload/contract/reading.ts'
import { oneOf, UsageError } from './arguments.ts'

/** The options of every command that reads recordings: what the user says in a file's stead. */
export const answerOptions = {
  mapping: { type: 'string' },
  unit: { type: 'string' },
  gain: { type: 'string' },
  rate: { type: 'string' },
  leads: { type: 'string' },
} as const

export type AnswerValues = { [K in keyof typeof answerOptions]?: string | undefined }

/**
 * The answer that the options give, or undefined where there is none; single options go before the mapping file.
 *
 * @throws UsageError
 */
export function answerOf(values: AnswerValues): ReadingAnswer | undefined {
  const { unit, gain, rate, leads } = values
  const answer = {
    ...(values.mapping !== undefined && mappingIn(values.mapping)),
    ...(unit !== undefined && { unit: oneOf('unit', unit.replace(/[\u00b5\u03bc]/, 'u'), VoltageUnit.options) }),
    ...(gain !== undefined && { gain: positive('gain', gain) }),
    ...(rate !== undefined && { rateHz: positive('rate', rate) }),
    ...(leads !== undefined && { leads: leads.split(',').map((name) => name.trim()) }),
  }
  return Object.keys(answer).length === 0 ? undefined : checked(answer, 'The options')
}

function mappingIn(path: string): ReadingAnswer {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError(`--mapping ${path} ${code ? `can't be read (${code})` : 'is no JSON text'}.`)
  }
  return checked(json, `--mapping ${path}`)
}

function checked(answer: unknown, where: string): ReadingAnswer {
  const parsed = ReadingAnswer.safeParse(answer)
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]!.path.join('.')
  throw new UsageError(
    `${where} must be like {"rateHz": 500, "unit": "uV", "gain": 1, "leads": ["I", "II", "-"]}; ` +
      `${field === 'gain' ? 'a gain needs its unit' : `${field || 'the text'} is not`}.`,
  )
}

function positive(name: string, text: string): number {
  const value = Number(text)
  if (!/^\d+(?:\.\d+)?$/.test(text) || !(value > 0)) {
    throw new UsageError(`--${name} takes a number above 0; got "${text}".`)
  }
  return value
}
