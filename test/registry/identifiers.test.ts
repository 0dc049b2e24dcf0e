import { describe, expect, it } from 'vitest'
import { newIdentifier, systemEnvironment, type RegistryEnvironment } from '../../src-main/registry/environment.ts'

describe('identifiers of the registry', () => {
  it('are UUIDs of version 7 that say their moment, and never the same twice', () => {
    const utcMs = Date.UTC(2026, 0, 5, 8)
    const ids = Array.from({ length: 1000 }, () => newIdentifier(systemEnvironment, utcMs))
    for (const id of ids) {
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
      expect(parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(utcMs)
    }
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('sort by time, also long before our days', () => {
    const times = [0, 1, 0xffff, 0x1_0000_0000, Date.UTC(2026, 0, 5)]
    const ids = times.map((utcMs) => newIdentifier(systemEnvironment, utcMs))
    expect([...ids].sort()).toEqual(ids)
  })

  it('use each random byte once', () => {
    let next = 0
    const counting: RegistryEnvironment = {
      ...systemEnvironment,
      randomBytes: (length) => Buffer.from(Array.from({ length }, () => next++ & 0xff)),
    }
    // Ten bytes each, of which the sixth to the last stand as they are.
    const ends = Array.from({ length: 20 }, () => newIdentifier(counting, 0).slice(-8))
    expect(ends.slice(0, 3)).toEqual(['06070809', '10111213', '1a1b1c1d'])
    expect(new Set(ends).size).toBe(20)
  })
})
