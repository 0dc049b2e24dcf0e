import { CINE_HEIGHT, CINE_IMAGE_ROWS, CINE_WIDTH, type Banner } from '../../reader-study/cases/prepare-item.ts'
import { drawText, GLYPH_HEIGHT } from '../../screening/cine/font.ts'

/** Stands below every cine of a blinded study, real or generated, and says nothing about which it is. */
const BANNER_TEXT = 'for reading'

export function studyBanner(): Banner {
  const rows = CINE_HEIGHT - CINE_IMAGE_ROWS
  const banner = new Uint8Array(CINE_WIDTH * rows).fill(16)
  const { width, height, ink } = drawText(BANNER_TEXT, 1)
  const left = Math.floor((CINE_WIDTH - width) / 2)
  const top = Math.floor((rows - GLYPH_HEIGHT) / 2)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (ink[y * width + x]) banner[(top + y) * CINE_WIDTH + left + x] = 200
  return banner
}
