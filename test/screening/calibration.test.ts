import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calibrate, calibrationInterval, softmax } from '../../src-main/screening/calibration.ts'

describe('Platt calibration', () => {
  it('with a = 1 and b = 0 is the logistic function', () => {
    expect(calibrate(0, { kind: 'platt', a: 1, b: 0 })).toBe(0.5)
    expect(calibrate(Math.log(3), { kind: 'platt', a: 1, b: 0 })).toBeCloseTo(0.75, 12)
  })

  it('crosses one half where a·x + b is zero', () => {
    expect(calibrate(-0.5, { kind: 'platt', a: 2, b: 1 })).toBe(0.5)
  })

  it('stays within [0, 1] for any logit', () => {
    for (const logit of [-1e30, -800, 800, 1e30]) {
      const probability = calibrate(logit, { kind: 'platt', a: 1, b: 0 })
      expect(probability >= 0 && probability <= 1).toBe(true)
    }
  })
})

describe('the interval of a calibration', () => {
  // statsmodels 0.14: sm.GLM(y, add_constant(x), Binomial()).fit() on 18 subjects, x from −3 to 3.1; params, cov_params()
  // and get_prediction([[1, x]]).summary_frame() at x = −2, 0.7 and 4.
  const fitted = {
    kind: 'platt' as const,
    a: 0.8004686249823336,
    b: -0.12090359194129516,
    covariance: [0.1567117039974306, -0.02330279065401564, 0.3201975353634997] as [number, number, number],
  }

  it('is that of the regression’s mean', () => {
    const expected = [
      [-2, 0.15163420352022733, 0.023640597679197305, 0.5688556111785671],
      [0.7, 0.6081218790995138, 0.3222048559928878, 0.8351405090509502],
      [4, 0.9561009535270297, 0.4739499380917658, 0.9981042373366334],
    ] as const
    for (const [logit, mean, lower, upper] of expected) {
      expect(calibrate(logit, fitted)).toBeCloseTo(mean, 9)
      const interval = calibrationInterval(logit, fitted)!
      expect(interval[0]).toBeCloseTo(lower, 9)
      expect(interval[1]).toBeCloseTo(upper, 9)
    }
  })

  it('is not given where the pack does not say how its coefficients scatter', () => {
    expect(calibrationInterval(0, { kind: 'platt', a: 1, b: 0 })).toBeUndefined()
    expect(calibrationInterval(0, { kind: 'isotonic', logits: [0, 1], probabilities: [0, 1] })).toBeUndefined()
  })
})

describe('isotonic calibration', () => {
  const knots = { kind: 'isotonic' as const, logits: [-2, 0, 1, 3], probabilities: [0.1, 0.1, 0.6, 0.9] }

  it('goes through its knots and straight between them', () => {
    expect(knots.logits.map((logit) => calibrate(logit, knots))).toEqual(knots.probabilities)
    expect(calibrate(0.5, knots)).toBeCloseTo(0.35, 12)
    expect(calibrate(2, knots)).toBeCloseTo(0.75, 12)
  })

  it('is constant beyond its ends', () => {
    expect([calibrate(-99, knots), calibrate(99, knots)]).toEqual([0.1, 0.9])
  })

  it('never falls', () => {
    const logit = fc.double({ min: -5, max: 5, noNaN: true })
    fc.assert(
      fc.property(logit, logit, (a, b) => {
        const [lower, higher] = [a, b].sort((x, y) => x - y).map((x) => calibrate(x, knots)) as [number, number]
        expect(higher).toBeGreaterThanOrEqual(lower)
      }),
    )
  })
})

describe('softmax', () => {
  it('adds to one and is unmoved by a shift, however large the logits', () => {
    const logits = fc.float32Array({ minLength: 3, maxLength: 3, min: -30, max: 30, noNaN: true })
    fc.assert(
      fc.property(logits, (values) => {
        const probabilities = softmax(values)
        expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 12)
        const shifted = softmax(values.map((value) => value + 1024))
        for (const [index, probability] of probabilities.entries()) expect(shifted[index]).toBeCloseTo(probability, 3)
      }),
    )
  })

  it('of log 1, log 2, log 5 is 1/8, 2/8, 5/8', () => {
    const found = softmax(Float32Array.of(Math.log(1), Math.log(2), Math.log(5)))
    for (const [index, expected] of [1 / 8, 2 / 8, 5 / 8].entries()) expect(found[index]).toBeCloseTo(expected, 6)
  })
})
