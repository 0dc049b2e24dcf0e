/** Colour scales of the maps: the same in every patient, so that one colour means one value wherever it is seen. */
export const SCALES = {
  'wall-thickness': { pale: 3, full: 14 },
  ecc: { pale: -5, full: -30 },
  err: { pale: 10, full: 70 },
  ell: { pale: -5, full: -28 },
} as const

/** 0 at the pale end, 1 at the full one; what lies beyond keeps the end's colour. */
export function shareOf(value: number, { pale, full }: { pale: number; full: number }): number {
  return Math.min(1, Math.max(0, (value - pale) / (full - pale)))
}

/** One hue from pale to full, which every kind of colour vision orders alike. */
export function fillOf(share: number): string {
  return `color-mix(in srgb, var(--scale-1) ${Math.round(100 * share)}%, var(--scale-0))`
}
