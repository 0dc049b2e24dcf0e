import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { listFolder } from '../../../src-main/app/batch/list-source.ts'
import { watchFolder } from '../../../src-main/app/batch/watch-folder.ts'
import { forkChild } from '../../../src-main/app/child-process.ts'
import { hiddenFiles } from '../../../src-main/app/reading/hidden-files.ts'
import { createWatchedReader } from '../../../src-main/app/reading/watched-reader.ts'
import { temporaryFolder } from '../../registry/support.ts'

const hidden = (named: Record<string, string[]>): string[] => [...hiddenFiles(new Map(Object.entries(named)))].sort()

it('hides what a header names, and the signals of the segments of a header', () => {
  expect(hidden({ 'a.hea': ['a.dat'] })).toEqual(['a.dat'])
  expect(hidden({ 'whole.hea': ['1.hea', '2.hea'], '1.hea': ['1.dat'], '2.hea': ['2.dat', '1.dat'] })).toEqual([
    '1.dat',
    '1.hea',
    '2.dat',
    '2.hea',
  ])
})

it('hides no header that leads round in a circle', () => {
  expect(hidden({ 'a.hea': ['a.hea'] })).toEqual([])
  expect(hidden({ 'a.hea': ['b.hea', 'a.dat'], 'b.hea': ['a.hea'] })).toEqual(['a.dat'])
  expect(hidden({ 'in.hea': ['a.hea'], 'a.hea': ['b.hea'], 'b.hea': ['c.hea'], 'c.hea': ['a.hea'] })).toEqual([])
})

it('gives two headers that name each other a line each, in a batch and in a watched folder', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'one.hea'), 'one/1 12 500 5000\ntwo 5000\n')
  writeFileSync(join(folder, 'two.hea'), 'two/1 12 500 5000\none 5000\n')
  const both = ['one.hea', 'two.hea'].map((name) => join(folder, name))
  const reader = createWatchedReader({ spawn: forkChild })
  const ends = new AbortController()
  try {
    const listed: string[] = []
    for await (const { path } of listFolder(reader, folder)) listed.push(path)
    expect(listed).toEqual(both)
    const options = { pollMs: 1, signal: ends.signal, isTaken: () => false, onGone: () => undefined }
    for await (const items of watchFolder(reader, folder, options)) {
      if (items.length === 0) continue
      expect(items.map(({ path }) => path)).toEqual(both)
      break
    }
  } finally {
    ends.abort()
    reader.close()
  }
})
