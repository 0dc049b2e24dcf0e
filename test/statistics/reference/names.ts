import type { Actual, Json, Lookup } from './case.ts'

type Entry = [name: string | RegExp, value: Exclude<Actual, Lookup> | ((...groups: (string | undefined)[]) => Actual)]

/** A lookup from names or patterns; the groups of a pattern are the parameters of the result. */
export function byName(...entries: Entry[]): Lookup {
  return (name) => {
    for (const [pattern, value] of entries) {
      const match = typeof pattern === 'string' ? (pattern === name ? [name] : null) : pattern.exec(name)
      if (match === null) continue
      return typeof value === 'function'
        ? (value as (...groups: (string | undefined)[]) => Actual)(...match.slice(1))
        : value
    }
    return undefined
  }
}

/** A lookup that is itself a result. A function in an entry would be called, so it is wrapped. */
export function nested(lookup: Lookup): () => Actual {
  return () => lookup
}

/** The confidence level of a name such as `ci90`, else of the options, else 95 %. */
export function levelOf(percent: string | undefined, options: Json): number {
  return percent === undefined ? ((options.conf_level as number | undefined) ?? 0.95) : Number(percent) / 100
}

/** A percentage in a name: `wilson_90`, `ci90`, `ci_97.5`. */
export const PERCENT = '_?(\\d+(?:\\.\\d+)?)?'
