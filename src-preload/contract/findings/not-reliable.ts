/** Marks that say outright that the numbers are not to be relied on. */
export const NOT_RELIABLE = new Set(['pack/untrained', 'familiarity/unlike', 'intended-use/paced'])

export function isNotReliable({ code }: { code: string }): boolean {
  return NOT_RELIABLE.has(code)
}
