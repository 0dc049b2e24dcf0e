import { describe, expect, it } from 'vitest'
import { checkSchedule, cosineSchedule } from '../../../src-main/inference/generator/schedule.ts'
import { referenceManifest } from '../pack-builder.ts'

const asText = (tokens: number, steps: number): string =>
  cosineSchedule(tokens, steps)
    .map(({ visible, predicted }) => `${visible}→${predicted}`)
    .join(' ')

describe('cosine schedule', () => {
  it('gives the table of the model specification for 180 tokens in 16 steps', () => {
    expect(asText(180, 16)).toBe(
      '0→1 1→3 4→4 8→6 14→8 22→9 31→10 41→12 53→13 66→14 80→16 96→16 112→16 128→17 145→18 163→17',
    )
  })

  it('gives the table of docs/model-pack.md for 36 tokens in 16 steps', () => {
    expect(asText(36, 16)).toBe('0→1 1→1 2→1 3→1 4→1 5→2 7→2 9→2 11→3 14→2 16→4 20→3 23→3 26→3 29→4 33→3')
  })

  it.each([1, 4, 8, 16, 32, 64])('decodes all of 180 tokens in %i steps, at least one a step', (steps) => {
    const schedule = cosineSchedule(180, steps)
    expect(schedule).toHaveLength(steps)
    expect(schedule.reduce((sum, { predicted }) => sum + predicted, 0)).toBe(180)
    expect(Math.min(...schedule.map(({ predicted }) => predicted))).toBeGreaterThan(0)
  })

  it('refuses more steps than tokens', () => expect(() => cosineSchedule(36, 37)).toThrow('36 tokens'))
})

describe('a pack’s schedule', () => {
  it('of the reference pack is the cosine schedule', () => {
    const { schedule, tokens } = referenceManifest().generator
    expect(schedule).toEqual(cosineSchedule(tokens, 16))
  })

  it('is refused when it leaves tokens out', () => {
    expect(() => checkSchedule(cosineSchedule(36, 16).slice(0, 15), 36)).toThrow('covers 33 of 36 tokens')
  })

  it('is refused when a step counts tokens that are not decoded', () => {
    expect(() =>
      checkSchedule(
        [
          { visible: 0, predicted: 1 },
          { visible: 2, predicted: 2 },
        ],
        4,
      ),
    ).toThrow('step 2 expects 2 visible tokens where 1 are decoded')
  })
})
