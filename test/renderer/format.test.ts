import { describe, expect, it } from 'vitest'
import { createFormatter } from '@/format.ts'

const en = createFormatter('en')
const zh = createFormatter('zh-CN')

describe('numbers', () => {
  it('never round a probability to certainty', () => {
    expect(en.probability(0.004)).toBe('< 0.01')
    expect(en.probability(0.996)).toBe('> 0.99')
    expect(en.probability(0)).toBe('0.00')
    expect(en.probability(0.345)).toBe('0.35')
  })

  it('carry the decimals that their unit deserves', () => {
    expect(en.quantity(168.44, 'mL')).toBe('168')
    expect(en.quantity(50.14, '%')).toBe('50.1')
    expect(en.quantity(5.62, 'L/min')).toBe('5.6')
    expect(en.quantity(2.141, '10⁻³ mmHg⁻¹')).toBe('2.14')
  })

  it('keep the bounds of an interval apart from their signs', () => {
    expect(en.interval([131.2, 204.8], 'mL')).toBe('131–205')
    expect(en.interval([-21.7, -13.9], '%')).toBe('−21.7\u2009…\u2009−13.9')
  })

  it('have no sign where a change rounds to nothing, and no interval between two bounds alike', () => {
    expect([en.signed(-0.004, 2), en.signed(0.004, 2), en.signed(-0.02, 2), en.signed(0.02, 2)]).toEqual(['0.00', '0.00', '−0.02', '+0.02']) // prettier-ignore
    expect(en.signedQuantity(-0.3, 'mL')).toBe('0')
    expect(en.probabilities([0.001, 0.004])).toBe('< 0.01')
    expect(en.percents([0.12, 0.121])).toBe('12 %')
  })

  it('have a true minus sign', () => {
    expect(en.quantity(-20.4, '%')).toBe('−20.4')
  })

  it('are written with powers of ten where they are tiny', () => {
    expect(en.scientific(2.4e-6)).toBe('2.4 × 10⁻⁶')
    expect(en.scientific(0)).toBe('0.0 × 10⁰')
  })
})

describe('dates', () => {
  it('follow the language', () => {
    expect(en.dateTime('2026-01-12T08:41:00')).toContain('Jan 12, 2026')
    expect(zh.dateTime('2026-01-12T08:41:00')).toContain('2026年1月12日')
  })

  it('do not move a birthday to the day before', () => {
    expect(zh.date('1962-03-01')).toBe('1962年3月1日')
  })

  it('show what is no date as the file has it, and a dash for none', () => {
    expect(en.dateTime('about noon')).toBe('about noon')
    expect(en.dateTime(undefined)).toBe('–')
  })
})
