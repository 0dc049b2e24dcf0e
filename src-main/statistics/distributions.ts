import betainc from '@stdlib/math-base-special-betainc'
import erfc from '@stdlib/math-base-special-erfc'
import erfcinv from '@stdlib/math-base-special-erfcinv'
import gammainc from '@stdlib/math-base-special-gammainc'
import gammaln from '@stdlib/math-base-special-gammaln'
import kernelBetaincinv from '@stdlib/math-base-special-kernel-betaincinv'

// Tails are computed as tails, never as 1 − cdf, so that a p value of 1e-40 keeps its digits.

/** P(Z > z) of the standard normal distribution. */
export function normalUpperTail(z: number): number {
  return 0.5 * erfc(z / Math.SQRT2)
}

/** P(|Z| ≥ |z|) of the standard normal distribution. */
export function normalTwoSided(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2)
}

/** P(Z ≤ z) of the standard normal distribution. */
export function normalCumulative(z: number): number {
  return normalUpperTail(-z)
}

/** The z with P(Z ≤ z) = p; ±Infinity at 0 and 1. */
export function normalQuantile(p: number): number {
  return p === 0.5 ? 0 : p < 0.5 ? -Math.SQRT2 * erfcinv(2 * p) : Math.SQRT2 * erfcinv(2 * (1 - p))
}

/** P(T > t) of Student's t; `df` need not be whole, and may be infinite (normal). */
export function studentUpperTail(t: number, df: number): number {
  if (!Number.isFinite(df)) return normalUpperTail(t)
  const beyond = 0.5 * studentTwoSided(t, df)
  return t >= 0 ? beyond : 1 - beyond
}

/** P(|T| ≥ |t|) of Student's t. */
export function studentTwoSided(t: number, df: number): number {
  if (!Number.isFinite(df)) return normalTwoSided(t)
  if (!Number.isFinite(t)) return 0
  const square = t * t
  return square < df
    ? betainc(square / (df + square), 0.5, df / 2, true, true)
    : betainc(df / (df + square), df / 2, 0.5, true, false)
}

/** The t with P(T ≤ t) = p. */
export function studentQuantile(p: number, df: number): number {
  if (!Number.isFinite(df)) return normalQuantile(p)
  if (p === 0.5) return 0
  const tails = 2 * Math.min(p, 1 - p)
  const [x, complement] = kernelBetaincinv(df / 2, 0.5, tails, 1 - tails) as [number, number]
  return Math.sign(p - 0.5) * Math.sqrt((df * complement) / x)
}

/** P(F > f) of the F distribution. */
export function fUpperTail(f: number, df1: number, df2: number): number {
  if (f <= 0) return 1
  if (f === Infinity) return 0
  if (!Number.isFinite(df2)) return chiSquareUpperTail(f * df1, df1)
  const numerator = df1 * f
  return numerator < df2
    ? betainc(numerator / (df2 + numerator), df1 / 2, df2 / 2, true, true)
    : betainc(df2 / (df2 + numerator), df2 / 2, df1 / 2, true, false)
}

/** The f with P(F ≤ f) = p. */
export function fQuantile(p: number, df1: number, df2: number): number {
  const [x, complement] = kernelBetaincinv(df1 / 2, df2 / 2, p, 1 - p) as [number, number]
  return (df2 * x) / (df1 * complement)
}

/**
 * P(F > f) of the non-central F distribution: a Poisson mixture of central tails.
 *
 * @see Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2 (1995), 30.10
 */
export function noncentralFUpperTail(f: number, df1: number, df2: number, noncentrality: number): number {
  if (f <= 0) return 1
  if (noncentrality === 0) return fUpperTail(f, df1, df2)
  const x = (df1 * f) / (df2 + df1 * f)
  const mean = noncentrality / 2
  const spread = 12 * Math.sqrt(mean + 1) + 30
  let tail = 0
  for (let j = Math.max(0, Math.floor(mean - spread)); j <= mean + spread; j++) {
    const weight = Math.exp(j * Math.log(mean) - mean - gammaln(j + 1))
    tail += weight * betainc(x, df1 / 2 + j, df2 / 2, true, true)
  }
  return Math.min(tail, 1)
}

/** P(χ² > x) with `df` degrees of freedom. */
export function chiSquareUpperTail(x: number, df: number): number {
  return x <= 0 ? 1 : gammainc(x / 2, df / 2, true, true)
}

/** The x with P(X ≤ x) = p of the beta distribution. */
export function betaQuantile(p: number, a: number, b: number): number {
  return kernelBetaincinv(a, b, p, 1 - p)[0]!
}

/** P(K ≤ k) of a binomial count out of n. */
export function binomialLowerTail(k: number, n: number, p: number): number {
  if (k < 0) return 0
  return k >= n ? 1 : betainc(p, k + 1, n - k, true, true)
}

/** P(K ≥ k) of a binomial count out of n. */
export function binomialUpperTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1
  return k > n ? 0 : betainc(p, k, n - k + 1, true, false)
}

/** P(K = k) of a binomial count out of n. */
export function binomialProbability(k: number, n: number, p: number): number {
  if (p === 0 || p === 1) return k === p * n ? 1 : 0
  const logChoose = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
  return Math.exp(logChoose + k * Math.log(p) + (n - k) * Math.log1p(-p))
}
