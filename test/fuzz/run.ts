import { mutatorsOf } from './formats.ts'
import type { FuzzInput } from './input.ts'
import { judge, readAsIs, type Read } from './judge.ts'
import { FuzzRandom } from './random.ts'
import { SEEDS } from './seeds.ts'

export interface Find {
  input: FuzzInput
  fault: string
}

export interface FuzzResult {
  tried: number
  /** Kinds of answers that were seen, and how many inputs were kept for it. */
  kinds: number
  finds: Find[]
}

/** Inputs above this size are not kept: small ones find the same and faster. */
const LARGEST_KEPT = 64 * 1024
const MOST_KEPT = 400

/**
 * Makes hostile files of one format and judges the reader's answers. An input whose answer is of a new kind is kept and
 * changed further, so that the search reaches ever deeper into the format.
 *
 * @param seed  one seed repeats one search, but for how far it gets in its time
 * @param mostFinds  after so many different ones the search ends early
 */
export function fuzz(
  format: string,
  {
    seconds,
    seed,
    mostFinds = 5,
    read = readAsIs,
    busy,
  }: { seconds: number; seed: number; mostFinds?: number; read?: Read; busy?: (() => number) | undefined },
): FuzzResult {
  const random = new FuzzRandom(seed)
  const mutators = mutatorsOf(format)
  const corpus = SEEDS[format]!()
  const kinds = new Set<string>()
  const finds: Find[] = []
  const end = performance.now() + seconds * 1000
  let tried = 0
  for (const input of corpus) {
    const { kind, fault } = judge(input, read, busy)
    if (fault !== undefined) finds.push({ input, fault: `as it is: ${fault}` })
    kinds.add(kind)
  }
  while (performance.now() < end && finds.length < mostFinds) {
    const parent = random.pick(corpus)
    const donors = [random.pick(corpus).main]
    const input = changed(parent, (bytes) => random.pick(mutators)(bytes, random, donors), random)
    const { kind, fault } = judge(input, read, busy)
    tried++
    if (fault !== undefined && !finds.some((other) => other.fault === fault)) finds.push({ input, fault })
    if (kinds.has(kind) || input.main.length > LARGEST_KEPT || corpus.length >= MOST_KEPT) continue
    kinds.add(kind)
    corpus.push(input)
  }
  return { tried, kinds: kinds.size, finds }
}

/** Changes the file itself, or now and then one that belongs to it. */
function changed(parent: FuzzInput, mutate: (bytes: Uint8Array) => Uint8Array, random: FuzzRandom): FuzzInput {
  const names = Object.keys(parent.companions)
  if (names.length === 0 || random.chance(0.7)) return { ...parent, main: mutate(parent.main) }
  const name = random.pick(names)
  return { ...parent, companions: { ...parent.companions, [name]: mutate(parent.companions[name]!) } }
}
