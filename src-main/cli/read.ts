import type { EcgChannel } from '../ecg/recording.ts'
import { forkChild } from '../app/child-process.ts'
import { answerOf, answerOptions } from './answer-options.ts'
import { ExitCode, parseArguments, UsageError } from './arguments.ts'
import { interruptible } from './interrupt.ts'
import { ndjsonWriter, samplesForJson } from './ndjson.ts'
import { readFiles, refusedLine } from './read-files.ts'

/** `cardionets read FILE… [--samples] [--measurements]`, with what the user says in a file’s stead */
export async function read(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    ...answerOptions,
    samples: { type: 'boolean', default: false },
    measurements: { type: 'boolean', default: false },
  })
  if (positionals.length === 0) throw new UsageError('"read" takes at least one file.')
  const wants = {
    channels: values.samples,
    measurements: values.measurements,
    answer: answerOf(values),
  }
  const output = ndjsonWriter(process.stdout)
  const interrupt = interruptible()
  let exitCode: number = ExitCode.done
  for await (const { path, reply, sha256 } of readFiles(forkChild, positionals, wants)) {
    if (interrupt.requested || !output.open) break
    if (reply.ok) {
      const { summary, channels, measurements } = reply.value
      await output.write({
        file: path,
        sha256,
        ...summary,
        ...(measurements && { measurements }),
        ...(channels && { samples: byName(channels) }),
      })
    } else {
      exitCode = ExitCode.someRefused
      await output.write(refusedLine(path, reply.error, sha256))
    }
  }
  return interrupt.requested ? ExitCode.interrupted : exitCode
}

function byName(channels: readonly EcgChannel[]): Record<string, (number | null)[]> {
  // A map, as a channel may have any name: assigned to an object, "__proto__" would be lost.
  const samples = new Map<string, (number | null)[]>()
  for (const { name, samplesMv } of channels) {
    // Two channels of one name are both kept: the second becomes "name (2)".
    let key = name
    for (let count = 2; samples.has(key); count += 1) key = `${name} (${count})`
    samples.set(key, samplesForJson(samplesMv))
  }
  return Object.fromEntries(samples)
}
