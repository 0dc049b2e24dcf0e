/**
 * A bitmap font with the glyphs of the generated mark: capitals 7 rows, x-height 5, descenders 2. Our own drawing, so
 * that the mark looks the same on every computer and needs no font file.
 */
const GLYPHS: Readonly<Record<string, string>> = {
  A: '.###. #...# #...# ##### #...# #...# #...#',
  C: '.###. #...# #.... #.... #.... #...# .###.',
  E: '##### #.... #.... ####. #.... #.... #####',
  G: '.###. #...# #.... #.### #...# #...# .###.',
  I: '### .#. .#. .#. .#. .#. ###',
  a: '..... ..... .###. ....# .#### #...# .####',
  c: '..... ..... .###. #...# #.... #...# .###.',
  d: '....# ....# .#### #...# #...# #...# .####',
  e: '..... ..... .###. #...# ##### #.... .###.',
  f: '.## #.. ### #.. #.. #.. #..',
  g: '..... ..... .#### #...# #...# #...# .#### ....# .###.',
  i: '# . # # # # #',
  m: '..... ..... ##.#. #.#.# #.#.# #.#.# #.#.#',
  n: '..... ..... #.##. ##..# #...# #...# #...#',
  o: '..... ..... .###. #...# #...# #...# .###.',
  q: '..... ..... .#### #...# #...# #...# .#### ....# ....#',
  r: '.... .... #.## ##.. #... #... #...',
  t: '#.. #.. ### #.. #.. #.. .##',
  u: '..... ..... #...# #...# #...# #..## .##.#',
  '-': '... ... ... ... ### ... ...',
  '–': '..... ..... ..... ..... ##### ..... .....',
  ' ': '..',
}

export const GLYPH_HEIGHT = 9
const LETTER_GAP = 1

/** A line of text as set pixels. */
export interface TextBitmap {
  width: number
  /** Always `GLYPH_HEIGHT` times the scale. */
  height: number
  /** Row-major, 1 where ink is. */
  ink: Uint8Array
}

/**
 * Draws one line.
 *
 * @param scale whole-number magnification
 * @throws RangeError for a character without a glyph
 */
export function drawText(text: string, scale: number): TextBitmap {
  const glyphs = [...text].map((character) => {
    const rows = GLYPHS[character]?.split(' ')
    // The space's own drawing is split by itself.
    if (character === ' ') return [GLYPHS[' ']!]
    if (!rows) throw new RangeError(`the mark's font has no glyph for "${character}"`)
    return rows
  })
  const widths = glyphs.map((rows) => rows[0]!.length)
  const width = (widths.reduce((sum, glyphWidth) => sum + glyphWidth + LETTER_GAP, 0) - LETTER_GAP) * scale
  const height = GLYPH_HEIGHT * scale
  const ink = new Uint8Array(width * height)
  let left = 0
  for (const [index, rows] of glyphs.entries()) {
    for (let y = 0; y < height; y++) {
      const row = rows[Math.floor(y / scale)] ?? ''
      for (let x = 0; x < widths[index]! * scale; x++) {
        if (row[Math.floor(x / scale)] === '#') ink[y * width + left + x] = 1
      }
    }
    left += (widths[index]! + LETTER_GAP) * scale
  }
  return { width, height, ink }
}
