/**
 * The fraction up/down nearest to a ratio, by continued fraction, with both parts bounded.
 *
 * Stops as soon as the fraction is within 1e-9 of the ratio, so integer rates and decimal ones such as 333.3 stay exact.
 *
 * @param ratio  positive
 * @param bound  largest numerator and denominator
 * @returns      in lowest terms; the error is below about max(1, ratio)/(down · bound)
 */
export function nearestFraction(ratio: number, bound: number): { up: number; down: number } {
  let [previousUp, previousDown, up, down] = [0, 1, 1, 0]
  let rest = ratio
  for (;;) {
    const whole = Math.floor(rest + 1e-12)
    const [nextUp, nextDown] = [whole * up + previousUp, whole * down + previousDown]
    if (nextUp > bound || nextDown > bound) break
    ;[previousUp, previousDown, up, down] = [up, down, nextUp, nextDown]
    if (Math.abs(up / down - ratio) <= 1e-9 * ratio) break
    rest = 1 / (rest - whole)
  }
  return { up, down }
}
