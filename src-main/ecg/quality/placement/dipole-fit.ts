/**
 * Leads I, II, V1–V6 (rows) as seen by a heart vector that points to the left, to the feet and to the back.
 *
 * @see Dower GE, Machado HB, Osborne JA, Clin Cardiol 1980;3:87–95
 */
const DOWER: readonly (readonly [number, number, number])[] = [
  [0.632, -0.235, 0.059],
  [0.235, 1.066, -0.132],
  [-0.515, 0.157, -0.917],
  [0.044, 0.164, -1.387],
  [0.882, 0.098, -1.277],
  [1.213, 0.127, -0.601],
  [1.125, 0.127, -0.086],
  [0.831, 0.076, 0.23],
]

export type Matrix = readonly (readonly number[])[]

/** What of eight leads no heart vector explains: I − D (DᵀD)⁻¹ Dᵀ. */
const UNEXPLAINED: Matrix = unexplained()

/** Two quadratic forms of the products of the recorded leads: what is unexplained, Uᵀ Q U, and the energy, Uᵀ U. */
export interface FitForm {
  residual: Float64Array
  energy: Float64Array
}

/**
 * The forms of a linear change of the leads, made once.
 *
 * @param change  U, 8 × 8; each row makes one lead of the recorded ones
 */
export const fitForm = (change: Matrix): FitForm => ({
  residual: flat(multiply(transpose(change), multiply(UNEXPLAINED, change))),
  energy: flat(multiply(transpose(change), change)),
})

/**
 * The share of the leads' energy that no heart vector explains, 0 … 1, under a change of the leads.
 *
 * @param products  of each pair of recorded leads, 64 values
 */
export function unexplainedShare({ residual, energy }: FitForm, products: Float64Array): number {
  let [rest, all] = [0, 0]
  for (let i = 0; i < products.length; i += 1) {
    rest += residual[i]! * products[i]!
    all += energy[i]! * products[i]!
  }
  return Math.max(rest, 0) / all
}

function unexplained(): Matrix {
  const columns = transpose(DOWER)
  // Orthonormal columns by Gram and Schmidt span the same space.
  const basis: number[][] = []
  for (const column of columns) {
    let rest = [...column]
    for (const known of basis) {
      const share = rest.reduce((sum, value, k) => sum + value * known[k]!, 0)
      rest = rest.map((value, k) => value - share * known[k]!)
    }
    const size = Math.hypot(...rest)
    basis.push(rest.map((value) => value / size))
  }
  return DOWER.map((_, i) =>
    DOWER.map((__, j) => (i === j ? 1 : 0) - basis.reduce((sum, column) => sum + column[i]! * column[j]!, 0)),
  )
}

function transpose(matrix: Matrix): number[][] {
  return matrix[0]!.map((_, k) => matrix.map((row) => row[k]!))
}

function multiply(a: Matrix, b: Matrix): number[][] {
  return a.map((row) => b[0]!.map((_, k) => row.reduce((sum, value, i) => sum + value * b[i]![k]!, 0)))
}

function flat(matrix: Matrix): Float64Array {
  return Float64Array.from(matrix.flat())
}
