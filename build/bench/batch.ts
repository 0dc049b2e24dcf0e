import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Tensor, type InferenceSession } from 'onnxruntime-node'
import { RECORDING, REPOSITORY, type Bench } from './open-bench.ts'
import { middle, timed, type BenchRow } from './report.ts'

const RECORDINGS = 200
const BATCH = 8
const ROUNDS = 5
const LIMIT = 0.9

/**
 * Two hundred recordings of a folder from their files to their lines, by the built command line as a user starts it:
 * reading child, quality, preprocessing, encoder, results, lines through a pipe. The clock starts with the first batch
 * that is done, as the start of the processes has a row of its own.
 *
 * Beside it the bare encoder at the same batch size, on the same recording made ready, on the same cores: with threads
 * that sleep while they wait, as the engine has them, and with threads that spin, the runtime's default, which is
 * faster where nothing else wants the cores. The one that is faster in the middle of its rounds counts: the better of
 * two in each round would be the luck of the round, which ours, run once, does not have. Of the rounds' ratios the middle
 * one counts.
 */
export async function benchBatch({ prepared, rawSession }: Bench): Promise<BenchRow[]> {
  const sessions = await Promise.all([false, true].map((spinning) => rawSession('encoder-task.onnx', { spinning })))
  const feeds = {
    ecg: new Tensor('float32', repeat(prepared.ecg), [BATCH, 12, 2250]),
    amplitude: new Tensor('float32', repeat(prepared.amplitude), [BATCH, 12]),
  }
  const runRaw = async (session: InferenceSession): Promise<void> => {
    for (let done = 0; done < RECORDINGS; done += BATCH) await session.run(feeds)
  }
  const folder = makeFolderOfRecordings()
  for (const session of sessions) await session.run(feeds)
  const rawTimes: number[][] = sessions.map(() => [])
  const ours: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [k, session] of sessions.entries()) rawTimes[k]!.push(await timed(() => runRaw(session)))
    ours.push(await screenFolderMs(folder))
  }
  const [sleeping, spinning] = rawTimes as [number[], number[]]
  const raw = middle(sleeping) < middle(spinning) ? sleeping : spinning
  rmSync(folder, { recursive: true })
  const perSecond = (times: readonly number[]): number => RECORDINGS / (middle(times) / 1000)
  const ratio = middle(ours.map((time, round) => raw[round]! / time))
  return [
    {
      name: `${RECORDINGS} recording files in batches of ${BATCH}`,
      measured: `${perSecond(ours).toFixed(1)} /s`,
      beside: `${perSecond(raw).toFixed(1)} /s raw encoder`,
      ratio,
      limit: `≥ ${LIMIT} × raw throughput`,
      ok: ratio >= LIMIT,
    },
  ]
}

/** Time from the last line of the first batch to the last line of all. */
async function screenFolderMs(folder: string): Promise<number> {
  const child = spawn(process.execPath, [join(REPOSITORY, 'out', 'main', 'cli.js'), 'screen', folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let lines = 0
  let firstBatchAt = Number.NaN
  let lastAt = Number.NaN
  child.stdout.on('data', (chunk: Buffer) => {
    lastAt = performance.now()
    for (const byte of chunk) if (byte === 10) lines += 1
    if (Number.isNaN(firstBatchAt) && lines >= BATCH) firstBatchAt = lastAt
  })
  const [code] = (await once(child, 'close')) as [number]
  if (code !== 0 || lines !== BATCH + RECORDINGS) {
    throw new Error(`cardionets screen ended with ${code} after ${lines} of ${BATCH + RECORDINGS} lines`)
  }
  return lastAt - firstBatchAt
}

function repeat(values: Float32Array): Float32Array {
  const joined = new Float32Array(values.length * BATCH)
  for (let row = 0; row < BATCH; row += 1) joined.set(values, row * values.length)
  return joined
}

function makeFolderOfRecordings(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cardionets-bench-'))
  const header = readFileSync(RECORDING, 'utf8')
  for (let index = 0; index < BATCH + RECORDINGS; index += 1) {
    const name = `r${String(index).padStart(3, '0')}`
    writeFileSync(join(folder, `${name}.hea`), header.replaceAll('HR06000', name))
    copyFileSync(RECORDING.replace(/\.hea$/, '.mat'), join(folder, `${name}.mat`))
  }
  return folder
}
