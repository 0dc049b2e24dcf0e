import type { PaperColours } from './draw-paper.ts'

/** The tokens of the present theme, as a canvas needs them. */
export function readPaperColours(element: HTMLElement): PaperColours {
  const style = getComputedStyle(element)
  const token = (name: string): string => style.getPropertyValue(name).trim()
  return {
    paper: token('--paper'),
    minor: token('--paper-minor'),
    major: token('--paper-major'),
    ink: token('--paper-ink'),
    quiet: token('--paper-quiet'),
    window: token('--paper-window'),
    earlier: token('--paper-earlier'),
    interval: token('--paper-interval'),
    font: style.fontFamily,
  }
}
