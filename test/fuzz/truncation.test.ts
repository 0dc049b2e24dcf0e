import { describe, expect, it } from 'vitest'
import type { EcgRecording } from '../../src-main/ecg/recording.ts'
import { forkChild } from '../../src-main/app/child-process.ts'
import { createWatchedReader, READER_LIMITS } from '../../src-main/app/reading/watched-reader.ts'
import { FUZZ_FORMATS } from './formats.ts'
import { BUDGET, readAsIs, sizeOf } from './judge.ts'
import { cutPoints, faultOfCut, partsOf, soundFiles } from './truncate.ts'

/** Larger recordings take longer to read; the long form (`npm run fuzz -- FORMAT --cut`) takes all of them. */
const POINTS = 500
const SMALL = 300_000

describe('a file that was cut off at any of 500 points', () => {
  it.each(FUZZ_FORMATS)('is refused or marked: %s', (format) => {
    for (const sound of soundFiles(format).filter(([, input]) => sizeOf(input) <= SMALL)) {
      const reference = readAsIs(sound[1]) as EcgRecording
      for (const part of partsOf(sound)) {
        for (const length of cutPoints(part.bytes.length, POINTS)) {
          expect(faultOfCut(part, length, reference), `${part.name} at ${length}`).toBeUndefined()
        }
      }
    }
  })
})

describe('the watched child', () => {
  it('answers 50 cut-off files of every format within four times their size and 64 MiB', async () => {
    const largest = Math.max(...FUZZ_FORMATS.map((format) => sizeOf(soundFiles(format)[0]![1])))
    const limits = { ...READER_LIMITS, bytesAboveStart: BUDGET.bytes + BUDGET.timesSize * largest }
    const reader = createWatchedReader({ spawn: forkChild, limits })
    try {
      for (const format of FUZZ_FORMATS) {
        const { main, companions, answer } = soundFiles(format)[0]![1]
        for (const length of cutPoints(main.length, 50)) {
          const reply = await reader.read(
            { name: 'cut', bytes: main.subarray(0, length) },
            async (name) => companions[name],
            { answer },
          )
          if (!reply.ok)
            expect(reply.error.code, `${format} at ${length}`).toMatch(
              /^(?:format|ecg)\/(?!parser-crashed|too-demanding)/,
            )
        }
      }
    } finally {
      reader.close()
    }
  })
})
