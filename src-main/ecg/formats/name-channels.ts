import type { Warning } from '../../../src-preload/contract/ecg.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { standardLead } from '../lead-names.ts'
import type { EcgChannel } from '../recording.ts'
import { printable } from './text.ts'

/**
 * Channels under canonical lead names, each name once, with leads that are stored upside down turned over.
 *
 * @throws AppError `ecg/lead-duplicate`
 */
export function nameChannels(channels: readonly EcgChannel[], warnings: Warning[]): EcgChannel[] {
  const taken = new Set<string>()
  return channels.map(({ name, samplesMv, stepMv }) => {
    const standard = standardLead(name)
    if (standard && taken.has(standard.lead)) {
      throw new AppError(
        'ecg/lead-duplicate',
        `Lead ${standard.lead} is there twice. Export the recording with each lead once.`,
      )
    }
    const own = standard?.lead ?? uniqueName(name, taken)
    taken.add(own)
    if (!standard?.inverted) return { name: own, samplesMv, stepMv }
    warnings.push({ code: 'ecg/lead-inverted', message: `The file stores −${own}; it was turned over to ${own}.` })
    return { name: own, samplesMv: samplesMv.map((value) => -value), stepMv }
  })
}

function uniqueName(name: string, taken: ReadonlySet<string>): string {
  const base = printable(name.trim(), 100) || 'channel'
  let candidate = base
  for (let number = 2; taken.has(candidate); number++) candidate = `${base} (${number})`
  return candidate
}
