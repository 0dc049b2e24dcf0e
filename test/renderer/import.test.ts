import { describe, expect, it } from 'vitest'
import { MAX_DROP_FILES } from '@/contract.ts'
import { MAX_BATCH_BYTES, planBatches, type PickedFile } from '@/import/batches.ts'

function picked(name: string, folder = '', size = 10): PickedFile {
  return { folder, file: { name, size } as File }
}

const names = (batches: PickedFile[][]): string[][] => batches.map((batch) => batch.map(({ file }) => file.name))

describe('splitting a drop into calls', () => {
  it('hands a small folder over in one call, so that any file can be any other’s companion', () => {
    expect(names(planBatches([picked('a.hea'), picked('signal.dat'), picked('b.xml')]))).toEqual([
      ['a.hea', 'signal.dat', 'b.xml'],
    ])
  })

  it('keeps folders apart: two records of one name must not take each other’s signals', () => {
    const files = [picked('x.hea', 'one'), picked('x.hea', 'two'), picked('x.dat', 'one'), picked('x.dat', 'two')]
    const batches = planBatches(files)
    expect(batches.map((batch) => new Set(batch.map(({ folder }) => folder)).size)).toEqual([1, 1])
    expect(batches.map((batch) => batch.length)).toEqual([2, 2])
  })

  it('splits a large folder between records, never through one', () => {
    const files = Array.from({ length: 1000 }, (_, index) =>
      ['hea', 'dat', 'xyz'].map((extension) => picked(`r${index}.${extension}`)),
    ).flat()
    const batches = planBatches(files)
    expect(batches.every((batch) => batch.length <= MAX_DROP_FILES)).toBe(true)
    expect(batches.flat()).toHaveLength(3000)
    for (const batch of batches) {
      const headers = batch.filter(({ file }) => file.name.endsWith('.hea')).length
      expect(batch).toHaveLength(3 * headers)
    }
  })

  it('bounds the bytes of a call', () => {
    const files = [1, 2, 3].map((index) => picked(`r${index}.dcm`, '', MAX_BATCH_BYTES * 0.6))
    expect(planBatches(files)).toHaveLength(3)
  })

  it('cuts even a single record that has more files than a call may hold', () => {
    const files = Array.from({ length: MAX_DROP_FILES + 5 }, (_, index) => picked(`r.${index}`))
    expect(planBatches(files).map((batch) => batch.length)).toEqual([MAX_DROP_FILES, 5])
  })
})
