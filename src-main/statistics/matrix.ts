/** Rows of numbers. */
export type Matrix = number[][]

/** Eigenvalues and eigenvectors (columns) of a small symmetric matrix, by cyclic Jacobi rotations. */
export function symmetricEigen(matrix: Matrix): { values: number[]; vectors: Matrix } {
  const n = matrix.length
  const a = matrix.map((row) => [...row])
  const vectors: Matrix = a.map((_, i) => a.map((__, j) => (i === j ? 1 : 0)))
  for (let sweep = 0; sweep < 60 && offDiagonal(a) > 0; sweep++) {
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, vectors, p, q)
  }
  return { values: a.map((row, i) => row[i]!), vectors }
}

/**
 * vᵀ M⁺ v and the rank of M, with the pseudo-inverse of a symmetric M of which small eigenvalues count as zero.
 */
export function quadraticFormInverse(matrix: Matrix, vector: number[]): { value: number; rank: number } {
  const { values, vectors } = symmetricEigen(matrix)
  const largest = Math.max(...values.map(Math.abs))
  let value = 0
  let rank = 0
  for (const [k, eigenvalue] of values.entries()) {
    if (largest === 0 || Math.abs(eigenvalue) <= largest * 1e-12) continue
    const projection = vector.reduce((total, component, i) => total + component * vectors[i]![k]!, 0)
    value += projection ** 2 / eigenvalue
    rank++
  }
  return { value, rank }
}

function offDiagonal(a: Matrix): number {
  let total = 0
  for (let i = 0; i < a.length; i++) for (let j = 0; j < i; j++) total += Math.abs(a[i]![j]!)
  return total
}

function rotate(a: Matrix, vectors: Matrix, p: number, q: number): void {
  const apq = a[p]![q]!
  if (apq === 0) return
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * apq)
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1))
  const c = 1 / Math.hypot(t, 1)
  const s = t * c
  for (const row of a) turn(row, p, q, c, s)
  const rowP = a[p]!
  const rowQ = a[q]!
  for (let k = 0; k < a.length; k++) {
    const fromP = rowP[k]!
    const fromQ = rowQ[k]!
    rowP[k] = c * fromP - s * fromQ
    rowQ[k] = s * fromP + c * fromQ
  }
  rowP[q] = 0
  rowQ[p] = 0
  for (const row of vectors) turn(row, p, q, c, s)
}

function turn(row: number[], p: number, q: number, c: number, s: number): void {
  const fromP = row[p]!
  const fromQ = row[q]!
  row[p] = c * fromP - s * fromQ
  row[q] = s * fromP + c * fromQ
}
