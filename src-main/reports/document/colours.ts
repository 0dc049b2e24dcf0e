/** Ink of reports: read on paper, in grey as well, and by those who tell red from green badly. */
export const INK = '#1b1b1b'
export const QUIET = '#55606a'
export const FAINT = '#8a949c'
export const HAIRLINE = '#c9d0d6'
export const SUNKEN = '#f0f3f5'
export const ACCENT = '#0e7490'
export const CAUTION = '#8a4b00'
export const CAUTION_SOFT = '#fdf3e3'
export const DANGER = '#b3261e'

/** Risk: blue, amber, vermilion; always beside a word and a number. */
export const RISK = { low: '#2f6fb0', middle: '#b06d00', high: '#c2410c' } as const

/** Series of a chart, after Okabe and Ito's colours that survive colour-blindness. */
export const SERIES = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#444444'] as const
