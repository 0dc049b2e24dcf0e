import { expect, it } from 'vitest'
import { droppedPlace } from '@/import/dropped-place.ts'

const pathOf = ({ name }: File): string => `/home/ward/${name}`

/** What the browser hands over with a drop. */
const drop = (...names: string[]): DataTransfer =>
  ({
    items: names.map((name) => ({
      webkitGetAsEntry: () => ({ name, isDirectory: !name.includes('.') }),
      getAsFile: () => new File([], name),
    })),
  }) as unknown as DataTransfer

it('knows a folder and a table, and where they lie where that is told', () => {
  expect(droppedPlace(drop('ward 3'), pathOf)).toEqual({ kind: 'folder', name: 'ward 3', path: '/home/ward/ward 3' })
  expect(droppedPlace(drop('ward.CSV'), pathOf)).toEqual({
    kind: 'table',
    name: 'ward.CSV',
    path: '/home/ward/ward.CSV',
  })
  expect(droppedPlace(drop('ward.tsv'))).toEqual({ kind: 'table', name: 'ward.tsv', path: null })
})

it('is nothing else: no single recording, not several things, nothing dragged out of another program', () => {
  expect(droppedPlace(drop('r1.hea'), pathOf)).toBeNull()
  expect(droppedPlace(drop('a', 'b'), pathOf)).toBeNull()
  expect(droppedPlace(drop(), pathOf)).toBeNull()
  expect(droppedPlace(drop('a'), () => '')).toEqual({ kind: 'folder', name: 'a', path: null })
})
