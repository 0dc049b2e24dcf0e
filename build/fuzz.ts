/**
 * `npm run fuzz -- FORMAT|all [--seconds N] [--seed S] [--jobs N] [--cut]`: hostile files of a format, made from sound ones, until
 * the time is up. Every input must end in its time and memory with a recording or a coded refusal. A find is written
 * to test/fixtures/fuzz, from where the tests read it from then on.
 *
 * With `--cut`: every file of the format, real ones too, cut off at every byte up to 64 KiB, larger ones at 10,000 points.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { packInput } from '../test/fuzz/corpus.ts'
import { FUZZ_FORMATS } from '../test/fuzz/formats.ts'
import type { EcgRecording } from '../src-main/ecg/recording.ts'
import { readAsIs } from '../test/fuzz/judge.ts'
import { fuzz } from '../test/fuzz/run.ts'
import { cutPoints, faultOfCut, partsOf, soundFiles } from '../test/fuzz/truncate.ts'
import { inRepository } from './repository.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string' },
    cut: { type: 'boolean', default: false },
  },
})
const [format = ''] = positionals
if (format === 'all') await fuzzAll(Number(values.jobs ?? availableParallelism()))
else if (FUZZ_FORMATS.includes(format)) {
  if (values.cut) cutAll(format)
  else fuzzOne(format)
} else {
  console.error(`npm run fuzz -- all|${FUZZ_FORMATS.join('|')} [--seconds 60] [--seed 1] [--jobs N]`)
  process.exitCode = 2
}

function fuzzOne(name: string): void {
  const { tried, kinds, finds } = fuzz(name, { seconds: Number(values.seconds), seed: Number(values.seed) })
  console.log(`${name}: ${tried} inputs, ${kinds} kinds of answers, ${finds.length} finds`)
  for (const { input, fault } of finds) {
    const packed = packInput(input)
    const folder = inRepository('test/fixtures/fuzz', name)
    const path = join(folder, `${createHash('sha256').update(packed).digest('hex').slice(0, 12)}.bin`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, packed)
    console.error(`${path}: ${fault}`)
  }
  if (finds.length > 0) process.exitCode = 1
}

function cutAll(name: string): void {
  let [points, faults] = [0, 0]
  for (const sound of soundFiles(name)) {
    const reference = readAsIs(sound[1]) as EcgRecording
    for (const part of partsOf(sound)) {
      for (const length of cutPoints(part.bytes.length, 10_000, 65_536)) {
        const fault = faultOfCut(part, length, reference)
        points++
        if (fault === undefined) continue
        faults++
        console.error(`${part.name} cut off at ${length}: ${fault}`)
      }
    }
  }
  console.log(`${name}: ${points} points, ${faults} faults`)
  if (faults > 0) process.exitCode = 1
}

/** Each format in a process of its own, some side by side. */
async function fuzzAll(jobs: number): Promise<void> {
  const waiting = [...FUZZ_FORMATS]
  let failed = 0
  const work = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const child = spawn(
        process.execPath,
        [
          import.meta.filename,
          name,
          '--seconds',
          values.seconds,
          '--seed',
          values.seed,
          ...(values.cut ? ['--cut'] : []),
        ],
        { stdio: 'inherit' },
      )
      const code = await new Promise((resolve) => child.once('exit', resolve))
      if (code !== 0) failed++
    }
  }
  await Promise.all(Array.from({ length: jobs }, work))
  console.log(`${FUZZ_FORMATS.length - failed} passed, ${failed} failed`)
  if (failed > 0) process.exitCode = 1
}
