import { readFileSync } from 'node:fs'
import { inRepository } from '../../../build/repository.ts'
import { BatchDesk } from '../../../src-main/app/batch/batch-desk.ts'
import { forkChild } from '../../../src-main/app/child-process.ts'
import { openAnswerMemory } from '../../../src-main/app/reading/answer-memory.ts'
import { createWatchedReader } from '../../../src-main/app/reading/watched-reader.ts'
import type { Engine } from '../../../src-main/inference/engine.ts'
import type { ReadableDb } from '../../../src-main/registry/database.ts'
import type { ItemOutcome } from '../../../src-main/registry/tables/batch-items.ts'
import { listItems } from '../../../src-main/registry/tables/batch-lists.ts'
import { newWorkspace } from '../../registry/support.ts'

type Manifest = Engine['manifest']
const manifest = JSON.parse(readFileSync(inRepository('models', 'reference', 'manifest.json'), 'utf8')) as Manifest

/** Stands in for the networks: every ECG is the same to it. */
export function stillEngine(onScreen: (count: number) => void | Promise<void> = () => undefined): Engine {
  const { id, version, trained } = manifest
  return {
    manifest,
    identity: { id, version, trained, sha256: 'ab'.repeat(32) },
    key: { purpose: 'development' } as Engine['key'],
    async screen(batch) {
      await onScreen(batch.length)
      const row = {
        pheno: new Float32Array(manifest.phenotypes.length),
        dis: new Float32Array(manifest.diseases.length),
        sub: new Float32Array(manifest.subtypes.length),
        distance: new Float32Array(1),
      }
      return { rows: batch.map(() => row), provider: 'cpu', ms: 1 }
    },
  } as Partial<Engine> as Engine
}

/** A workspace with somebody signed in, and its batches. */
export async function newDesk(engine: Engine = stillEngine()) {
  const opened = await newWorkspace()
  const answers = openAnswerMemory(opened.workspace)
  const services = {
    access: opened.access,
    answers,
    openReader: () => createWatchedReader({ spawn: forkChild }),
    engine: async () => engine,
    readerCount: 1,
    pollMs: 50,
    now: () => performance.now(),
  }
  const lines: string[] = []
  return { ...opened, answers, lines, desk: new BatchDesk(services, (line) => lines.push(line)) }
}

/** File name and outcome of each file of a batch, in its order. */
export const outcomes = (db: ReadableDb, batchId: string): [string, ItemOutcome | null][] =>
  listItems(db, { batchId, outcomes: [], text: '' }, 0, 500).map(({ path, outcome }) => [
    path.slice(path.lastIndexOf('/') + 1),
    outcome,
  ])

/** Number of rows of a table. */
export const count = (db: ReadableDb, table: string): number =>
  (db.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n
