/** One AHA segment of a bull's-eye: its outline and the place of its label, in a square of 200 × 200. */
export interface BullsEyeSegment {
  /** AHA number, 1 … 16. */
  number: number
  path: string
  labelX: number
  labelY: number
  ring: 'ringBasal' | 'ringMid' | 'ringApical'
  wall: (typeof BASAL_WALLS)[number] | (typeof APICAL_WALLS)[number]
}

const CENTRE = 100
const BASAL_WALLS = ['anterior', 'anteroseptal', 'inferoseptal', 'inferior', 'inferolateral', 'anterolateral'] as const
const APICAL_WALLS = ['anterior', 'septal', 'inferior', 'lateral'] as const

const RINGS = [
  { ring: 'ringBasal', first: 1, walls: BASAL_WALLS, inner: 68, outer: 98 },
  { ring: 'ringMid', first: 7, walls: BASAL_WALLS, inner: 38, outer: 68 },
  { ring: 'ringApical', first: 13, walls: APICAL_WALLS, inner: 0, outer: 38 },
] as const

/**
 * Geometry of the 16-segment model: anterior on top, then anticlockwise (septum on the left), base outside.
 *
 * @see Cerqueira MD et al., Circulation 2002;105:539–542
 */
export const BULLS_EYE: readonly BullsEyeSegment[] = RINGS.flatMap(({ ring, first, walls, inner, outer }) =>
  walls.map((wall, index) => {
    const width = 360 / walls.length
    // Degrees anticlockwise from twelve o'clock, the middle of the anterior wall.
    const from = index * width - width / 2
    const middle = from + width / 2
    const radius = inner === 0 ? outer * 0.62 : (inner + outer) / 2
    return {
      number: first + index,
      path: sector(from, from + width, inner, outer),
      labelX: place(middle, radius).x,
      labelY: place(middle, radius).y,
      ring,
      wall,
    }
  }),
)

function place(degrees: number, radius: number): { x: number; y: number } {
  const angle = (degrees * Math.PI) / 180
  return { x: CENTRE - radius * Math.sin(angle), y: CENTRE - radius * Math.cos(angle) }
}

function sector(from: number, to: number, inner: number, outer: number): string {
  const point = (degrees: number, radius: number): string => {
    const { x, y } = place(degrees, radius)
    return `${x.toFixed(2)} ${y.toFixed(2)}`
  }
  const outerArc = `M${point(from, outer)}A${outer} ${outer} 0 0 0 ${point(to, outer)}`
  if (inner === 0) return `${outerArc}L${CENTRE} ${CENTRE}Z`
  return `${outerArc}L${point(to, inner)}A${inner} ${inner} 0 0 1 ${point(from, inner)}Z`
}
