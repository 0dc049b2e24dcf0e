/** A share between 0 and 1 with its 95 % interval. */
export interface Rate {
  estimate: number
  interval: [lower: number, upper: number]
}

/**
 * What a mark means where a share `prevalence` of the people is ill.
 *
 * The odds of illness after a mark are the odds before times the likelihood ratio; its interval comes from those of
 * sensitivity and specificity, each with the limits that it has by itself (the method of variance estimates recovery).
 *
 * @param prevalence  in (0, 1); taken as known
 * @returns ppv: share of the marked who are ill; npv: share of the unmarked who are not
 * @see Zou GY, Donner A, Stat Med 2008;27:1693–1702 (recovery); Altman DG, Bland JM, BMJ 1994;309:102 (Bayes)
 */
export function predictiveValues(sensitivity: Rate, specificity: Rate, prevalence: number): { ppv: Rate; npv: Rate } {
  const marked = logRatio(sensitivity, complement(specificity))
  const unmarked = logRatio(specificity, complement(sensitivity))
  const ill = Math.log(prevalence / (1 - prevalence))
  return { ppv: fromLogOdds(marked, ill), npv: fromLogOdds(unmarked, -ill) }
}

export function complement({ estimate, interval: [lower, upper] }: Rate): Rate {
  return { estimate: 1 - estimate, interval: [1 - upper, 1 - lower] }
}

/** The logarithm of one rate over another, of different people; ±Infinity where a limit is zero. */
function logRatio(over: Rate, under: Rate): Rate {
  const [a, b] = [over, under].map(({ estimate, interval: [lower, upper] }) => ({
    at: Math.log(estimate),
    down: Math.log(estimate) - Math.log(lower),
    up: Math.log(upper) - Math.log(estimate),
  })) as [{ at: number; down: number; up: number }, { at: number; down: number; up: number }]
  const at = a.at - b.at
  return { estimate: at, interval: [at - Math.hypot(a.down, b.up), at + Math.hypot(a.up, b.down)] }
}

/** A log likelihood ratio of −∞ (nobody ill is marked) or +∞ (nobody else is) gives shares of 0 and 1. */
function fromLogOdds({ estimate, interval: [lower, upper] }: Rate, prior: number): Rate {
  const share = (ratio: number): number => 1 / (1 + Math.exp(-(ratio + prior)))
  return {
    estimate: share(estimate),
    // An unbounded ratio has no spread that could be recovered: then the limits are all that is possible.
    interval: [Number.isNaN(lower) ? 0 : share(lower), Number.isNaN(upper) ? 1 : share(upper)],
  }
}
