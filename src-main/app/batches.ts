/**
 * Groups what a slow source yields into arrays of what is ready: one item at once while the consumer keeps up, more
 * when it lags. The source runs at most `ahead` items before the consumer, so memory stays bounded. Order is kept.
 *
 * @param most   largest array
 * @param ahead  how many items may wait, at least `most`
 */
export async function* batches<T>(source: AsyncIterable<T>, most: number, ahead: number): AsyncGenerator<T[]> {
  const waiting: T[] = []
  let finished = false
  let failure: unknown
  let wakeConsumer = (): void => undefined
  let wakeProducer = (): void => undefined

  const iterator = source[Symbol.asyncIterator]()
  const producing = (async () => {
    try {
      for (let next = await iterator.next(); next.done !== true && !finished; next = await iterator.next()) {
        waiting.push(next.value)
        wakeConsumer()
        if (waiting.length >= ahead) await new Promise<void>((resolve) => (wakeProducer = resolve))
      }
    } catch (error) {
      failure = error
    } finally {
      finished = true
      wakeConsumer()
    }
  })()

  try {
    for (;;) {
      if (waiting.length === 0 && !finished) await new Promise<void>((resolve) => (wakeConsumer = resolve))
      if (waiting.length > 0) {
        const batch = waiting.splice(0, most)
        wakeProducer()
        yield batch
      } else if (finished) break
    }
    if (failure !== undefined) throw failure
  } finally {
    // The consumer may leave early: let the producer end, and the source clean up.
    finished = true
    wakeProducer()
    await producing
    await iterator.return?.()
  }
}
