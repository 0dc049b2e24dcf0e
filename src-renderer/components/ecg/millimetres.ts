/** CSS defines a millimetre as 96/25.4 px; a screen of other density shows it larger or smaller. */
export const CSS_PX_PER_MM = 96 / 25.4
/** Width of a bank card, ISO/IEC 7810 ID-1. */
export const CARD_MM = 85.6
/** From a wall display to the densest telephone: anything else is a slip of the hand. */
export const SCREEN_PX_PER_MM = { least: 1.5, most: 30 } as const

export const ZOOMS = [1, 1.25, 1.5, 2, 3, 4] as const

export interface PaperScale {
  /** `fit` fills the width that is there, `true` shows millimetres as they are. */
  size: 'fit' | 'true'
  zoom: number
  /** Device pixels for one millimetre of this screen, measured; null where nobody did. */
  screenPxPerMm: number | null
}

/**
 * Device pixels for one millimetre. Whole numbers, so that grid lines are evenly spaced and crisp, except at true
 * size, where the millimetre is exact and lines are rounded one by one.
 *
 * @param availablePx  CSS px; what `fit` may fill
 */
export function devicePxPerMm(
  { size, zoom, screenPxPerMm }: PaperScale,
  widthMm: number,
  availablePx: number,
  pixelRatio: number,
): number {
  if (size === 'true') return zoom * (screenPxPerMm ?? CSS_PX_PER_MM * pixelRatio)
  const fitted = Math.max(2, Math.floor((availablePx * pixelRatio) / widthMm))
  return Math.round(fitted * zoom)
}

/** The next larger (+1) or smaller (−1) zoom. */
export function nextZoom(zoom: number, step: 1 | -1): number {
  const larger = ZOOMS.filter((candidate) => candidate > zoom + 1e-6)
  const smaller = ZOOMS.filter((candidate) => candidate < zoom - 1e-6)
  return (step > 0 ? larger[0] : smaller.at(-1)) ?? zoom
}
