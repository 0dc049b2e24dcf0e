import { AppError, type ErrorReply, type Reply } from '../../../src-preload/contract/errors.ts'
import type { TriedReading } from '../../../src-preload/contract/reading.ts'
import type { Handlers } from '../dispatch.ts'
import { companionsAmong, type NamedBytes } from '../reading/open-file.ts'
import type { ReadJobResult } from '../reading/read-job.ts'
import type { WatchedReader } from '../reading/watched-reader.ts'
import type { Services } from '../services.ts'

/** Seconds that are looked at to judge an answer. */
const LOOKED_AT_S = 10

/** `reading:*` — questions about a file that does not say its units, rate or leads. */
export function readingHandlers(services: Services): Pick<Handlers, 'reading:examine' | 'reading:try'> {
  /** One file in a reader of its own. */
  async function ask<T>(run: (reader: WatchedReader) => Promise<Reply<T>>): Promise<T> {
    const reader = services.openReader()
    try {
      return valueOf(await run(reader))
    } finally {
      reader.close()
    }
  }
  return {
    async 'reading:examine'({ files, file, table }) {
      const main = mainOf(files, file)
      const examined = await ask((reader) => reader.examine(main, companionsAmong(files), table))
      const remembered = (examined.header && services.answers.recall(examined.header)) || null
      return { ...examined, remembered }
    },
    async 'reading:try'({ files, file, answer }) {
      const main = mainOf(files, file)
      const wants = { leads: true, screening: true, answer }
      return triedReading(await ask((reader) => reader.read(main, companionsAmong(files), wants)))
    },
  }
}

function mainOf(files: readonly NamedBytes[], name: string): NamedBytes {
  const main = files.find((file) => file.name === name)
  if (!main) throw new AppError('contract/bad-input', 'The file that is asked about is not among the files.')
  return main
}

function valueOf<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value
  const { code, message }: ErrorReply = reply.error
  throw new AppError(code, message)
}

function triedReading({ summary, leads = [], refusal }: ReadJobResult): TriedReading {
  const { rateHz, durationS, heartRateBpm } = summary
  const shown = leads.map(({ name, samplesMv }) => ({
    lead: name as string,
    samplesMv: samplesMv.slice(0, Math.round(LOOKED_AT_S * rateHz)),
  }))
  return {
    rateHz,
    durationS,
    heartRateBpm,
    spans: shown.map(({ lead, samplesMv }) => ({ lead, spanMv: spanOf(samplesMv) })),
    trace: shown.find(({ lead }) => lead === 'II') ?? shown[0] ?? null,
    refusal,
  }
}

function spanOf(samples: Float32Array): number {
  let [least, most] = [Infinity, -Infinity]
  for (const value of samples) {
    if (value < least) least = value
    if (value > most) most = value
  }
  return most >= least ? most - least : 0
}
