import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { AppError } from '../../src-preload/contract/index.ts'

/** Wrong usage: exit code 2, the sentence on stderr, nothing on stdout. */
export class UsageError extends AppError {
  constructor(message: string) {
    super('cli/usage', message)
    this.name = 'UsageError'
  }
}

export const ExitCode = { done: 0, someRefused: 1, usage: 2, interrupted: 130 } as const

/** `node:util` parseArgs with our error class. Unknown options are refused with their name. */
export function parseArguments<T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? firstSentence(error.message) : 'The arguments could not be read.')
  }
}

/** Node's message without its hints, which go on for three lines. */
const firstSentence = (message: string): string => `${message.split(/\. To specify|\n/)[0]!.replace(/\.$/, '')}.`

/** @throws UsageError unless `text` is a whole number in [minimum, maximum] */
export function wholeNumber(name: string, text: string, minimum: number, maximum: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < minimum || value > maximum) {
    throw new UsageError(`--${name} takes a whole number from ${minimum} to ${maximum}; got "${text}".`)
  }
  return value
}

/** @throws UsageError unless `text` is one of `choices` */
export function oneOf<T extends string>(name: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text)
  if (!found) throw new UsageError(`--${name} takes one of ${choices.join(', ')}; got "${text}".`)
  return found
}
