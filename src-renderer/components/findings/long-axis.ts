/** One of six parts of the left ventricle's wall in the four-chamber view, in a box of 200 × 170. */
export interface LongAxisSegment {
  place: (typeof PLACES)[number]
  path: string
  labelX: number
  labelY: number
}

const PLACES = ['basalSeptal', 'midSeptal', 'apicalSeptal', 'apicalLateral', 'midLateral', 'basalLateral'] as const
const CENTRE_X = 100
const BASE_Y = 160
const OUTER = { x: 84, y: 148 }
const INNER = { x: 44, y: 98 }
const STEPS = 8

/** The wall as half an ellipse, apex on top and septum on the left, from the septal base round to the lateral one. */
export const LONG_AXIS: readonly LongAxisSegment[] = PLACES.map((place, index) => {
  const angles = Array.from({ length: STEPS + 1 }, (_, step) => Math.PI * (1 - (index + step / STEPS) / PLACES.length))
  const outer = angles.map((angle) => point(angle, OUTER))
  const inner = angles.map((angle) => point(angle, INNER)).toReversed()
  const label = point(angles[STEPS / 2]!, { x: (OUTER.x + INNER.x) / 2, y: (OUTER.y + INNER.y) / 2 })
  return {
    place,
    path: `M${[...outer, ...inner].map(({ x, y }) => `${x.toFixed(2)} ${y.toFixed(2)}`).join('L')}Z`,
    labelX: label.x,
    labelY: label.y,
  }
})

function point(angle: number, half: { x: number; y: number }): { x: number; y: number } {
  return { x: CENTRE_X + half.x * Math.cos(angle), y: BASE_Y - half.y * Math.sin(angle) }
}
