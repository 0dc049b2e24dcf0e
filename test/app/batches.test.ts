import { describe, expect, it } from 'vitest'
import { batches } from '../../src-main/app/batches.ts'

async function* numbers(count: number, produced: number[] = []): AsyncGenerator<number> {
  for (let value = 0; value < count; value += 1) {
    produced.push(value)
    yield value
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1))

describe('batches', () => {
  it('keeps every item and the order, whatever the pace', async () => {
    const seen: number[] = []
    for await (const batch of batches(numbers(100), 7, 20)) {
      expect(batch.length).toBeLessThanOrEqual(7)
      seen.push(...batch)
      if (seen.length % 3 === 0) await pause()
    }
    expect(seen).toEqual(Array.from({ length: 100 }, (_, index) => index))
  })

  it('does not run further ahead of a slow consumer than it may', async () => {
    const produced: number[] = []
    let consumed = 0
    for await (const batch of batches(numbers(200, produced), 4, 10)) {
      await pause()
      consumed += batch.length
      expect(produced.length - consumed).toBeLessThanOrEqual(10 + 4)
    }
    expect(consumed).toBe(200)
  })

  it('lets the source clean up when the consumer leaves early', async () => {
    let cleaned = false
    async function* source(): AsyncGenerator<number> {
      try {
        for (let value = 0; ; value += 1) yield value
      } finally {
        cleaned = true
      }
    }
    for await (const batch of batches(source(), 4, 8)) if (batch.length > 0) break
    expect(cleaned).toBe(true)
  })

  it('hands on what the source throws, after what came before it', async () => {
    async function* source(): AsyncGenerator<number> {
      yield 1
      throw new Error('the folder has gone')
    }
    const seen: number[] = []
    const consume = async (): Promise<void> => {
      for await (const batch of batches(source(), 4, 8)) seen.push(...batch)
    }
    await expect(consume()).rejects.toThrow('the folder has gone')
    expect(seen).toEqual([1])
  })
})
