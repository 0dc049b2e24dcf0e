import { AppError } from '../../../src-preload/contract/errors.ts'
import type { ProviderReport } from '../../../src-preload/contract/index.ts'
import type { GraphName } from '../../../src-preload/contract/manifest.ts'
import { goldenInputs, parseGolden } from '../pack/golden.ts'
import { loadPack } from '../pack/load-pack.ts'
import { GraphSessions, type CreateSession, type Parity } from './graph-sessions.ts'
import type { FromInference, ToInference } from './messages.ts'
import { reasonOf } from './reason.ts'

interface ExamineOptions {
  post: (message: FromInference) => void
  createSession: CreateSession
}

const TIMED_RUNS = 3

/**
 * Tries one provider: every golden case of every graph that may run on it, and the time of one screening. The process
 * serves nothing else; a driver that brings it down harms no one. Never throws: what went wrong is the report's message.
 */
export async function examineProvider(
  { packDir, trustedKeys, provider }: Extract<ToInference, { type: 'examine' }>,
  { post, createSession }: ExamineOptions,
): Promise<ProviderReport> {
  const report: ProviderReport = { provider, available: false, parity: null, screeningMs: null, message: '' }
  try {
    const pack = await loadPack(packDir, { trustedKeys })
    const alive = (): void => post({ type: 'alive' })
    const sessions = new GraphSessions(pack, createSession, { alive, keepBytes: true })
    const graphs = Object.entries(pack.manifest.graphs)
      .filter(([, graph]) => provider === 'cpu' || graph.portable)
      .map(([name]) => name as GraphName)
    const total: Parity = { ok: true, largest: 0 }
    const failed: GraphName[] = []
    for (const graph of graphs) {
      const session = await sessions.openUnchecked(graph, provider)
      report.available = true
      const { ok, largest } = await sessions.replay(graph, provider, session)
      total.largest = Math.max(total.largest, largest)
      if (!ok) failed.push(graph)
      if (graph === 'encoder-task') {
        const golden = parseGolden(pack.files.get('golden.json')!).graphs['encoder-task']![0]!
        const inputs = goldenInputs(golden)
        report.screeningMs = await medianMs(() => session.run(inputs))
      }
      await session.release()
    }
    total.ok = failed.length === 0
    // JSON knows no infinity.
    report.parity = { ok: total.ok, maxAbsoluteError: Math.min(total.largest, Number.MAX_VALUE) }
    report.message = total.ok
      ? `${graphs.length} graphs agree with the pack's golden outputs (largest difference ${total.largest.toPrecision(2)}).`
      : `${failed.join(', ')} gave other numbers than the pack's golden outputs; the provider is not used.`
  } catch (error) {
    if (error instanceof AppError) report.message = error.message
    else report.message = `Not usable here: ${reasonOf(error)}.`
  }
  return report
}

async function medianMs(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let index = 0; index < TIMED_RUNS; index++) {
    const started = performance.now()
    await run()
    times.push(performance.now() - started)
  }
  return times.toSorted((a, b) => a - b)[Math.floor(TIMED_RUNS / 2)]!
}
