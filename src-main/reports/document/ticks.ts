const STEPS = [1, 2, 2.5, 5, 10]

/** Four to eight round numbers within a range. */
export function ticks([least, most]: readonly [number, number]): number[] {
  const raw = (most - least) / 6
  if (!(raw > 0)) return [least]
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = power * STEPS.find((candidate) => candidate * power >= raw - 1e-12)!
  const first = Math.ceil(least / step - 1e-9)
  const last = Math.floor(most / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)))
}
