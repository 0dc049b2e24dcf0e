import { examineEcg } from '../../src-main/ecg/quality/examine.ts'
import type { EcgWaveform } from '../../src-main/ecg/recording.ts'
import { CORRUPTIONS } from '../../test/ecg/quality/generator/corrupt.ts'

/** Prints how recordings are judged as they are, and for each corruption what refused them. */
export function sweepCorruptions(recordings: Iterable<EcgWaveform>): void {
  const verdicts = { pass: 0, limited: 0, fail: 0 }
  const table = CORRUPTIONS.map(() => new Map<string, number>())
  const refusals = new Map<string, number>()
  let seed = 0
  for (const waveform of recordings) {
    const { quality, refusal } = examineEcg(waveform)
    verdicts[quality.verdict] += 1
    if (refusal) count(refusals, refusal.code)
    seed += 1
    // What is refused as it is can't be spoilt.
    if (refusal) continue
    for (const [row, corruption] of CORRUPTIONS.entries()) {
      count(table[row]!, examineEcg(corruption.apply(waveform, seed)).refusal?.code ?? 'not refused')
    }
  }
  console.log(`As recorded (n = ${seed}): ${verdicts.pass} pass, ${verdicts.limited} limited, ${verdicts.fail} refused ${list(refusals)}\n`) // prettier-ignore
  console.log('| fault | n | refused | with its reason | refused as |\n|---|--:|--:|--:|---|')
  for (const [row, { name, codes }] of CORRUPTIONS.entries()) {
    const found = table[row]!
    const all = [...found.values()].reduce((sum, value) => sum + value, 0)
    const named = codes.reduce((sum, code) => sum + (found.get(code) ?? 0), 0)
    const passed = found.get('not refused') ?? 0
    console.log(`| ${name} | ${all} | ${share(all - passed, all)} | ${share(named, all)} | ${list(found)} |`)
  }
  console.log('')
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

const share = (part: number, all: number): string => (all === 0 ? '–' : `${((100 * part) / all).toFixed(1)} %`)

const list = (counts: ReadonlyMap<string, number>): string =>
  [...counts].sort((a, b) => b[1] - a[1]).map(([key, value]) => `${key} ${value}`).join(', ') // prettier-ignore
