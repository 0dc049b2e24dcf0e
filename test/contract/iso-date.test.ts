import { expect, it } from 'vitest'
import { isoDateOf } from '../../src-preload/contract/iso-date.ts'

it.each([
  ['1960-02-03', '1960-02-03'],
  [' 1960/2/3 ', '1960-02-03'],
  ['1960.2.3', '1960-02-03'],
  ['19600203', '1960-02-03'],
  ['1960年2月3日', '1960-02-03'],
  ['１９６０年２月３', '1960-02-03'],
  ['2004-02-29', '2004-02-29'],
  ['2000-02-29', '2000-02-29'],
  ['', null],
  ['  ', null],
  ['2023-02-29', undefined],
  ['1900-02-29', undefined],
  ['1960-13-01', undefined],
  ['1960-00-10', undefined],
  ['1960-2', undefined],
  ['1960-02/03', undefined],
  ['196023', undefined],
  ['03/02/1960', undefined],
  ['3.2.60', undefined],
  ['1960-02-03T00:00', undefined],
])('reads %j as %j', (typed, date) => {
  expect(isoDateOf(typed)).toBe(date)
})
