/** The inputs of make-golden.py, by the same arithmetic. */

/** Uniform on [−1, 1) from the 32-bit congruential generator of Numerical Recipes. */
export function noise(count: number, seed: number): Float64Array {
  let state = seed
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  })
}

const WAVES = [
  { amplitude: 0.12, centre: -0.16, width: 0.02 },
  { amplitude: -0.1, centre: -0.03, width: 0.008 },
  { amplitude: 1.1, centre: 0, width: 0.01 },
  { amplitude: -0.25, centre: 0.03, width: 0.01 },
  { amplitude: 0.3, centre: 0.3, width: 0.05 },
]

/** One artificial lead in mV: five Gaussian waves a beat, a drift, a slow sine, noise. */
export function artificialLead(index: number, heartRateBpm: number, count = 5000, rateHz = 500): Float32Array {
  const dirt = noise(count, 1000 + index)
  const beatS = 60 / heartRateBpm
  const gain = 0.4 + 0.15 * index
  return Float32Array.from({ length: count }, (_, i) => {
    const t = i / rateHz
    const s = ((((t * heartRateBpm) / 60) % 1) - 0.4) * beatS
    let x = 0
    for (const { amplitude, centre, width } of WAVES) {
      x += (index === 3 ? -1 : 1) * gain * amplitude * Math.exp(-(((s - centre) / width) ** 2) / 2)
    }
    return x + 0.2 * Math.sin(2 * Math.PI * 0.21 * t + index) + 0.03 * t + 0.02 * dirt[i]!
  })
}

export const artificialLeads = (heartRateBpm: number, count = 5000): Float32Array[] =>
  Array.from({ length: 12 }, (_, index) => artificialLead(index, heartRateBpm, count))
