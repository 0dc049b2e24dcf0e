import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ruleOf } from '@/components/findings/limit-rules.ts'
import { isNotReliable } from '@/findings.ts'
import { COLUMNS, peoplePaths, ROWS } from '@/components/findings/people-grid.ts'
import { filterRows, sortRows, type PhenotypeRow } from '@/components/findings/phenotype-rows.ts'
import { DIAL_STEPS, dialOf, prevalenceOf } from '@/components/findings/prevalence-dial.ts'
import { previousScreened } from '@/components/findings/previous-recording.ts'
import { axisPlace } from '@/components/findings/probability-axis.ts'
import { rangeBar } from '@/components/findings/range-bar.ts'
import type { RecordingEntry } from '@/contract.ts'
import type { PhenotypeFinding } from '@/findings.ts'

function row(id: string, changed: Partial<PhenotypeFinding>, by: number | null = null): PhenotypeRow {
  const phenotype = {
    id,
    field: 24100 + id.length,
    name: id,
    unit: 'mL',
    value: 10,
    weak: false,
    reference: 'not-verified' as const,
    place: null,
    group: 'lv',
    names: { en: `${id} volume`, zh: '容积' },
    interval: [0, 20] as [number, number],
    ...changed,
  }
  return {
    phenotype,
    name: phenotype.names.en,
    before: by === null ? null : { value: 10 - by, change: { by, beyond: Math.abs(by) > 3 } },
  }
}

describe('the table of phenotypes', () => {
  const rows = [
    row('b', { value: 30, r2: 0.1, weak: true, place: 'within' }, 2),
    row('aa', { value: 20, r2: 0.5, place: 'above' }, -5),
    row('ccc', { value: 40, place: 'clearly-below' }),
  ]
  const ids = (some: readonly PhenotypeRow[]) => some.map(({ phenotype }) => phenotype.id)

  it('finds rows by every word of name, abbreviation, group or field', () => {
    expect(ids(filterRows(rows, 'VOLUME aa', 'all'))).toEqual(['aa'])
    expect(ids(filterRows(rows, '24103', 'all'))).toEqual(['ccc'])
    expect(ids(filterRows(rows, 'lv', 'all'))).toEqual(['b', 'aa', 'ccc'])
    expect(ids(filterRows(rows, 'mass', 'all'))).toEqual([])
  })

  it('keeps what is outside its range, what changed, or what is not weak', () => {
    expect(ids(filterRows(rows, '', 'outside'))).toEqual(['aa', 'ccc'])
    expect(ids(filterRows(rows, '', 'changed'))).toEqual(['aa'])
    expect(ids(filterRows(rows, '', 'strong'))).toEqual(['aa', 'ccc'])
  })

  it('sorts by each column and leaves equals in the pack’s order', () => {
    expect(ids(sortRows(rows, 'name', false))).toEqual(['aa', 'b', 'ccc'])
    expect(ids(sortRows(rows, 'value', true))).toEqual(['ccc', 'b', 'aa'])
    expect(ids(sortRows(rows, 'r2', true))).toEqual(['aa', 'b', 'ccc'])
    expect(ids(sortRows(rows, 'place', true))).toEqual(['ccc', 'aa', 'b'])
    expect(ids(sortRows(rows, 'change', true))).toEqual(['aa', 'b', 'ccc'])
    const equal = ['x', 'yy', 'zzz'].map((id) => row(id, {}))
    expect(ids(sortRows(equal, 'value', true))).toEqual(['x', 'yy', 'zzz'])
  })
})

describe('the picture of a thousand people', () => {
  it('has one figure for each, all within the picture and none twice', () => {
    const paths = peoplePaths({ illMarked: 90, illMissed: 10, wellMarked: 180, wellUnmarked: 720 })
    const places = paths.flatMap(({ path, kind }) => {
      const starts = path.match(/M[^az]+/g)!
      // A ring is two circles: every second start is its inner one.
      return kind === 'illMissed' ? starts.filter((_, index) => index % 2 === 0) : starts
    })
    expect(places).toHaveLength(COLUMNS * ROWS)
    expect(new Set(places).size).toBe(1000)
    expect(paths.map(({ kind, count }) => [kind, count])).toEqual([
      ['illMarked', 90],
      ['wellMarked', 180],
      ['illMissed', 10],
      ['wellUnmarked', 720],
    ])
  })
})

describe('the dial of prevalence', () => {
  it('gives two significant digits and stays where it was turned to', () => {
    for (let dial = 0; dial <= DIAL_STEPS; dial++) {
      expect(prevalenceOf(dial)).toBe(Number(prevalenceOf(dial).toPrecision(2)))
      expect(Math.abs(dialOf(prevalenceOf(dial)) - dial)).toBeLessThanOrEqual(2)
    }
    expect([prevalenceOf(0), prevalenceOf(DIAL_STEPS), dialOf(0.00001), dialOf(0.9)]).toEqual([
      0.001,
      0.6,
      0,
      DIAL_STEPS,
    ])
  })
})

describe('the axis of a probability', () => {
  it('has one half in its middle, is as long on both sides and never turns back', () => {
    expect(axisPlace(0.5)).toBe(0.5)
    expect(axisPlace(0)).toBeCloseTo(0, 12)
    expect(axisPlace(1)).toBeCloseTo(1, 12)
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(share, share, (a, b) => {
        expect(axisPlace(a) + axisPlace(1 - a)).toBeCloseTo(1, 9)
        if (a < b) expect(axisPlace(a)).toBeLessThanOrEqual(axisPlace(b))
      }),
    )
  })
})

describe('the bar of a value', () => {
  it('holds value, interval and range, and puts the value where it is between them', () => {
    const bar = rangeBar({ value: 60, interval: [50, 70], reference: [40, 100] })
    expect(bar.reference!.from).toBeCloseTo(1 / 12, 12)
    expect(bar.reference!.from + bar.reference!.width).toBeCloseTo(11 / 12, 12)
    expect(bar.value).toBeCloseTo(1 / 12 + (20 / 60) * (10 / 12), 12)
    expect(rangeBar({ value: 5, reference: null })).toMatchObject({ interval: null, reference: null })
  })
})

describe('the recording before', () => {
  const entry = (id: string, startTime: string | undefined, importedAt = '2024-06-01', screened = true) =>
    ({ id, ecg: { startTime }, importedAt, screening: screened ? {} : null }) as unknown as RecordingEntry

  it('is the newest screened one that was recorded earlier', () => {
    const now = entry('now', '2024-05-01T08:00')
    const history = [
      now,
      entry('later', '2024-05-02T08:00'),
      entry('old', '2023-01-01T08:00'),
      entry('unscreened', '2024-04-30T08:00', '', false),
      entry('before', '2024-04-01T08:00'),
      entry('undated', undefined, '2024-03-31'),
    ]
    expect(previousScreened(now, history)!.id).toBe('before')
    expect(previousScreened(history[2]!, history)).toBeNull()
  })
})

describe('the rule behind a limit', () => {
  const pack = {
    rules: {
      minimumAgeYears: 18,
      pacedRhythm: 'mark' as const,
      familiarity: { unusual: 0.9, unlike: 1.2 },
      repeatability: null,
    },
  }

  it('has the pack’s own numbers', () => {
    expect(ruleOf({ code: 'intended-use/age' }, pack)).toEqual({ key: 'findings.ruleAge', numbers: { years: 18 } })
    expect(ruleOf({ code: 'familiarity/unlike' }, pack)!.numbers).toEqual({ unusual: 0.9, unlike: 1.2 })
    expect(ruleOf({ code: 'intended-use/paced-refused' }, pack)!.key).toBe('findings.rulePacedWithhold')
    expect(ruleOf({ code: 'quality/lead-flat' }, null)!.key).toBe('findings.ruleQuality')
    expect(ruleOf({ code: 'inference/unavailable' }, pack)).toBeUndefined()
  })

  it('is grave where the mark says not to rely on the numbers', () => {
    const codes = ['pack/untrained', 'familiarity/unlike', 'intended-use/paced', 'familiarity/unusual', 'quality/noise']
    expect(codes.map((code) => isNotReliable({ code }))).toEqual([true, true, true, false, false])
  })
})
