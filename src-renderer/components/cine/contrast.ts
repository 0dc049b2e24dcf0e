/** Window of grey levels that is spread over black to white. */
export interface Contrast {
  /** Middle of the window, 64 to 192. */
  level: number
  /** Its width, 64 to 256. */
  width: number
  /** White shown black. */
  inverted: boolean
}

export const FULL_CONTRAST: Contrast = { level: 128, width: 256, inverted: false }

/**
 * The grey that is shown for each stored one. Within the bounds of a `Contrast` the burned-in mark stays readable: its
 * ink is 255, its plate at most 63, and no window reaches above 224 or is so low that both become white.
 */
export function greyTable({ level, width, inverted }: Contrast): Uint8Array {
  const low = level - width / 2
  return Uint8Array.from({ length: 256 }, (_, grey) => {
    const shown = Math.min(255, Math.max(0, Math.round(((grey - low) * 255) / width)))
    return inverted ? 255 - shown : shown
  })
}
