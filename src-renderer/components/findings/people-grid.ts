import type { OfThousand } from '../../findings.ts'

export const COLUMNS = 40
export const ROWS = 25
/** Side of a person's cell, in the picture's own units. */
export const CELL = 10

/** In the order in which they fill the picture: the marked first, so that the ill among them stand at its start. */
export const PEOPLE_KINDS = ['illMarked', 'wellMarked', 'illMissed', 'wellUnmarked'] as const
export type PeopleKind = (typeof PEOPLE_KINDS)[number]

/** Told apart by shape as well as by colour: disc, square, ring, dot. */
const SHAPES: Record<PeopleKind, (x: number, y: number) => string> = {
  illMarked: (x, y) => disc(x, y, 4.2),
  wellMarked: (x, y) => `M${x - 3.4} ${y - 3.4}h6.8v6.8h-6.8z`,
  illMissed: (x, y) => disc(x, y, 4.2) + disc(x, y, 2.2),
  wellUnmarked: (x, y) => disc(x, y, 1.4),
}

/** One path for all people of a kind: a thousand elements would make the dial stutter. */
export function peoplePaths(people: OfThousand): { kind: PeopleKind; count: number; path: string }[] {
  let next = 0
  return PEOPLE_KINDS.map((kind) => {
    const count = people[kind]
    const path = Array.from({ length: count }, () => {
      const column = next % COLUMNS
      const row = Math.floor(next / COLUMNS)
      next += 1
      return SHAPES[kind]((column + 0.5) * CELL, (row + 0.5) * CELL)
    }).join('')
    return { kind, count, path }
  })
}

function disc(x: number, y: number, radius: number): string {
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`
}
