/** In the chest: to the left, to the feet, to the back. */
export type Vector = readonly [left: number, down: number, back: number]

export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
export const scaled = (size: number, [x, y, z]: Vector): Vector => [size * x, size * y, size * z]
export const sum = (vectors: readonly Vector[]): Vector =>
  vectors.reduce<Vector>((all, one) => [all[0] + one[0], all[1] + one[1], all[2] + one[2]], [0, 0, 0])
export const unit = (...vector: Vector): Vector => scaled(1 / Math.hypot(...vector), vector)
export const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]

/** Right-handed rotation about one of the three axes. */
export function turned(vector: Vector, axis: 0 | 1 | 2, radians: number): Vector {
  const result = [...vector] as [number, number, number]
  const one = (axis + 1) % 3
  const two = (axis + 2) % 3
  result[one] = Math.cos(radians) * vector[one]! - Math.sin(radians) * vector[two]!
  result[two] = Math.sin(radians) * vector[one]! + Math.cos(radians) * vector[two]!
  return result
}
