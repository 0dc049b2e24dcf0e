/** What lies beyond the ends; names and meaning as in SciPy. `interp` fits the last whole window instead. */
export type EdgeMode = 'interp' | 'nearest' | 'mirror' | 'wrap' | 'constant'

export interface SavitzkyGolayOptions {
  /** Order of the derivative, 0 by default. */
  derivative?: number
  /** Distance between samples, for derivatives. */
  delta?: number
}

/**
 * Weights whose dot product with a window of samples is the value (or a derivative) of the least-squares polynomial at
 * one position of that window.
 *
 * The polynomial basis is made orthonormal over the window, so orders up to the window's length stay exact to rounding.
 *
 * @param window    odd number of samples
 * @param polyorder less than `window`
 * @param options.position  0 … window − 1, the centre by default
 * @throws RangeError for an even or too short window
 * @see Savitzky & Golay, Anal Chem 1964;36:1627–1639; `scipy.signal.savgol_coeffs(use='dot')`
 */
export function savitzkyGolayCoefficients(
  window: number,
  polyorder: number,
  options: SavitzkyGolayOptions & { position?: number } = {},
): Float64Array {
  if (window % 2 !== 1 || polyorder >= window) {
    throw new RangeError(`a window of ${window} samples does not fit a polynomial of order ${polyorder}`)
  }
  const half = (window - 1) / 2
  const { derivative = 0, delta = 1, position = half } = options
  const coefficients = new Float64Array(window)
  if (derivative > polyorder) return coefficients

  const scale = Math.max(half, 1)
  const at = (position - half) / scale
  const basis: Float64Array[] = []
  // Each basis polynomial with its monomial coefficients, to evaluate derivatives at `position`.
  const monomials: Float64Array[] = []
  for (let order = 0; order <= polyorder; order += 1) {
    const values = Float64Array.from({ length: window }, (_, i) => ((i - half) / scale) ** order)
    const monomial = new Float64Array(polyorder + 1)
    monomial[order] = 1
    // Twice is enough (Kahan): the second pass removes what rounding left of the first.
    for (let pass = 0; pass < 2; pass += 1) {
      for (const [k, earlier] of basis.entries()) {
        const overlap = values.reduce((sum, value, i) => sum + value * earlier[i]!, 0)
        for (let i = 0; i < window; i += 1) values[i]! -= overlap * earlier[i]!
        for (let i = 0; i <= polyorder; i += 1) monomial[i]! -= overlap * monomials[k]![i]!
      }
    }
    const norm = Math.hypot(...values)
    basis.push(values.map((value) => value / norm))
    monomials.push(monomial.map((value) => value / norm))
  }
  const unit = (scale * delta) ** -derivative
  for (const [k, monomial] of monomials.entries()) {
    const weight = derivativeAt(monomial, derivative, at) * unit
    for (let i = 0; i < window; i += 1) coefficients[i]! += weight * basis[k]![i]!
  }
  return coefficients
}

function derivativeAt(monomial: Float64Array, derivative: number, t: number): number {
  let sum = 0
  for (let power = derivative; power < monomial.length; power += 1) {
    let factor = monomial[power]!
    for (let k = 0; k < derivative; k += 1) factor *= power - k
    sum += factor * t ** (power - derivative)
  }
  return sum
}

/**
 * Savitzky–Golay filter: a polynomial fitted to every window, evaluated at its centre.
 *
 * @throws RangeError for a signal that is shorter than the window, in mode `interp`
 * @see `scipy.signal.savgol_filter`
 */
export function savitzkyGolay(
  x: Float32Array | Float64Array,
  window: number,
  polyorder: number,
  mode: EdgeMode = 'interp',
  options: SavitzkyGolayOptions = {},
): Float64Array {
  const length = x.length
  const half = (window - 1) / 2
  const centre = savitzkyGolayCoefficients(window, polyorder, options)
  if (mode === 'interp' && length < window) {
    throw new RangeError(`${length} samples are fewer than the window of ${window}`)
  }
  const edge = (position: number): Float64Array =>
    savitzkyGolayCoefficients(window, polyorder, { ...options, position })
  const y = new Float64Array(length)
  for (let i = half; i < length - half; i += 1) y[i] = dot(centre, x, i - half)
  for (let i = 0; i < Math.min(half, length); i += 1) {
    const mirrored = length - 1 - i
    y[i] = mode === 'interp' ? dot(edge(i), x, 0) : dotBeyond(centre, x, i - half, mode)
    y[mirrored] =
      mode === 'interp' ? dot(edge(window - 1 - i), x, length - window) : dotBeyond(centre, x, mirrored - half, mode)
  }
  return y
}

function dot(weights: Float64Array, x: Float32Array | Float64Array, from: number): number {
  let sum = 0
  for (let j = 0; j < weights.length; j += 1) sum += weights[j]! * x[from + j]!
  return sum
}

function dotBeyond(weights: Float64Array, x: Float32Array | Float64Array, from: number, mode: EdgeMode): number {
  let sum = 0
  for (let j = 0; j < weights.length; j += 1) sum += weights[j]! * valueAt(x, from + j, mode)
  return sum
}

function valueAt(x: Float32Array | Float64Array, i: number, mode: EdgeMode): number {
  const length = x.length
  if (i >= 0 && i < length) return x[i]!
  switch (mode) {
    case 'nearest':
      return x[i < 0 ? 0 : length - 1]!
    case 'wrap':
      return x[((i % length) + length) % length]!
    case 'mirror': {
      if (length === 1) return x[0]!
      const period = 2 * length - 2
      const phase = ((i % period) + period) % period
      return x[phase < length ? phase : period - phase]!
    }
    default:
      return 0
  }
}
