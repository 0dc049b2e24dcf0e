interface Bounds {
  readonly value: number
  readonly interval?: readonly [number, number] | undefined
  readonly reference: readonly [number, number] | null
}

/** Where the parts of a value's bar begin and how wide they are, as shares of its width. */
export interface RangeBar {
  value: number
  interval: { from: number; width: number } | null
  reference: { from: number; width: number } | null
}

/** The bar of a value: all that is drawn fits, with a twelfth of room at both ends. */
export function rangeBar({ value, interval, reference }: Bounds): RangeBar {
  const all = [value, ...(interval ?? []), ...(reference ?? [])]
  const least = Math.min(...all)
  const span = Math.max(...all) - least || 1
  const place = (at: number): number => 1 / 12 + ((at - least) / span) * (10 / 12)
  const part = (bounds: readonly [number, number]): { from: number; width: number } => ({
    from: place(bounds[0]),
    width: place(bounds[1]) - place(bounds[0]),
  })
  return {
    value: place(value),
    interval: interval ? part(interval) : null,
    reference: reference ? part(reference) : null,
  }
}
