/** The dial goes from 1 in 1,000 to 60 in 100, evenly in ratios: prevalences of 1 and 2 % lie as far apart as 10 and 20. */
const LEAST = 0.001
const MOST = 0.6
export const DIAL_STEPS = 200

export function dialOf(prevalence: number): number {
  const bounded = Math.min(MOST, Math.max(LEAST, prevalence))
  return Math.round((DIAL_STEPS * Math.log(bounded / LEAST)) / Math.log(MOST / LEAST))
}

/** To two significant digits, as one would say it. */
export function prevalenceOf(dial: number): number {
  return Number((LEAST * (MOST / LEAST) ** (dial / DIAL_STEPS)).toPrecision(2))
}
