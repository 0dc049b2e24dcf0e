/** Decimals that a unit deserves: no more than the model or the measurement can carry. */
const DECIMALS: Readonly<Record<string, number>> = {
  mL: 0,
  g: 0,
  '%': 1,
  mm: 1,
  'mm²': 0,
  'L/min': 1,
  '10⁻³ mmHg⁻¹': 2,
}

/** Written without the computer's own conventions, so that a report is the same bytes everywhere. */
export function decimal(value: number, decimals: number): string {
  const text = value.toFixed(decimals)
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '\u2212')
}

/** 0.34; never rounded to 0.00 or 1.00 where it is neither. */
export function probabilityText(value: number): string {
  if (value > 0 && value < 0.01) return '< 0.01'
  if (value < 1 && value > 0.99) return '> 0.99'
  return decimal(value, 2)
}

/** 0.22–0.48; two bounds that are written alike are written once. */
export function probabilityRange([lower, upper]: readonly [number, number]): string {
  const [from, to] = [probabilityText(lower), probabilityText(upper)]
  return from === to ? from : `${from}–${to}`
}

export const quantityText = (value: number, unit: string): string => decimal(value, DECIMALS[unit] ?? 2)

/** 131–205; bounds below zero stand apart, since a dash would read as another minus. */
export function intervalText([lower, upper]: readonly [number, number], unit: string): string {
  return quantityText(lower, unit) + (lower < 0 ? ' … ' : '–') + quantityText(upper, unit)
}

/** "2019-03-14T10:22:31.5" → "2019-03-14 10:22:31"; as it is where it is no such time. */
export function localTimeText(iso: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2})?/.exec(iso)
  return match ? `${match[1]} ${match[2]}${match[3] ?? ''}` : iso
}

/** A moment as the clock on the wall showed it. */
export function momentText(utcMs: number, offsetMinutes: number): string {
  const local = new Date(utcMs + offsetMinutes * 60_000).toISOString()
  const two = (value: number): string => String(Math.trunc(value)).padStart(2, '0')
  const offset = Math.abs(offsetMinutes)
  const zone =
    offsetMinutes === 0 ? 'UTC' : `UTC${offsetMinutes < 0 ? '\u2212' : '+'}${two(offset / 60)}:${two(offset % 60)}`
  return `${local.slice(0, 10)} ${local.slice(11, 16)} ${zone}`
}
