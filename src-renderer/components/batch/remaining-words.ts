/** Time that is left, no finer than anybody would believe. */
export function remainingWords(ms: number, t: (key: string, named: Record<string, number>) => string): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds < 60) return t('batch.seconds', { n: Math.max(5, 5 * Math.ceil(seconds / 5)) })
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 60) return t('batch.minutes', { n: minutes })
  return t('batch.hours', { h: Math.floor(minutes / 60), m: minutes % 60 })
}
