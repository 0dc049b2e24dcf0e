import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Tensor } from 'onnxruntime-node'
import { batches } from '../../src-main/app/batches.ts'
import { forkChild } from '../../src-main/app/child-process.ts'
import { readFiles } from '../../src-main/cli/read-files.ts'
import { finishBatch, startBatches } from '../../src-main/cli/screen-batch.ts'
import { NO_SITE_CHOICE } from '../../src-main/screening/site-choice.ts'
import { RECORDING, type Bench } from './open-bench.ts'
import { timed, type BenchRow } from './report.ts'

const RECORDINGS = 200
const BATCH = 8
const ROUNDS = 3
const LIMIT = 0.9

/**
 * Two hundred recordings of a folder from their files to their lines, as `cardionets screen` does it: reading child,
 * quality, preprocessing, encoder, results. Beside it the bare encoder at the same batch size, on inputs that are ready.
 */
export async function benchBatch({ engine, prepared, rawSession }: Bench): Promise<BenchRow[]> {
  const session = await rawSession('encoder-task.onnx')
  const feeds = {
    ecg: new Tensor('float32', repeat(prepared.ecg), [BATCH, 12, 2250]),
    amplitude: new Tensor('float32', repeat(prepared.amplitude), [BATCH, 12]),
  }
  const runRaw = async (): Promise<void> => {
    for (let done = 0; done < RECORDINGS; done += BATCH) await session.run(feeds)
  }
  const folder = makeFolderOfRecordings()
  const runOurs = async (): Promise<void> => {
    let screened = 0
    const groups = batches(readFiles(forkChild, [folder], { screening: true }), BATCH, 4 * BATCH)
    for await (const [batch] of batches(startBatches(engine, groups), 1, 1)) {
      for await (const line of finishBatch(
        engine,
        batch!,
        { cine: null, report: null, site: NO_SITE_CHOICE },
        new AbortController().signal,
      )) {
        if (line.status === 'screened' && JSON.stringify(line)) screened += 1
      }
    }
    if (screened !== RECORDINGS) throw new Error(`${screened} of ${RECORDINGS} recordings were screened`)
  }
  await session.run(feeds)
  const raw: number[] = []
  const ours: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    raw.push(await timed(runRaw))
    ours.push(await timed(runOurs))
  }
  rmSync(folder, { recursive: true })
  const perSecond = (times: readonly number[]): number => RECORDINGS / (Math.min(...times) / 1000)
  const ratio = perSecond(ours) / perSecond(raw)
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

function repeat(values: Float32Array): Float32Array {
  const joined = new Float32Array(values.length * BATCH)
  for (let row = 0; row < BATCH; row += 1) joined.set(values, row * values.length)
  return joined
}

function makeFolderOfRecordings(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cardionets-bench-'))
  const header = readFileSync(RECORDING, 'utf8')
  for (let index = 0; index < RECORDINGS; index += 1) {
    const name = `r${String(index).padStart(3, '0')}`
    writeFileSync(join(folder, `${name}.hea`), header.replaceAll('HR06000', name))
    copyFileSync(RECORDING.replace(/\.hea$/, '.mat'), join(folder, `${name}.mat`))
  }
  return folder
}
