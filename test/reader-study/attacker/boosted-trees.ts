const BINS = 32
const ROUNDS = 60
const DEPTH = 3
const RATE = 0.15
/** Smoothing of a leaf; and the least weight that a leaf may rest on. */
const LAMBDA = 1
const LEAST_WEIGHT = 2

interface Split {
  feature: number
  bin: number
}
interface Tree {
  /** In heap order; null where a node was not worth splitting. */
  splits: (Split | null)[]
  leaves: number[]
}

/**
 * Gradient boosting of depth-3 trees on the logistic loss, over binned features.
 *
 * @returns predicts a row of features as log odds
 * @see Friedman JH, Ann Stat 2001;29:1189–1232; Chen & Guestrin, KDD 2016 (gain with second derivatives)
 */
export function boostedTrees(rows: readonly number[][], truth: readonly number[]): (row: readonly number[]) => number {
  const edges = rows[0]!.map((_, feature) => edgesOf(rows.map((row) => row[feature]!)))
  const binned = rows.map((row) => binsOf(row, edges))
  const scores = new Float64Array(rows.length)
  const trees: Tree[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const shares = scores.map((score) => 1 / (1 + Math.exp(-score)))
    const slopes = shares.map((share, i) => truth[i]! - share)
    const weights = shares.map((share) => share * (1 - share))
    const tree = grow(binned, slopes, weights)
    trees.push(tree)
    for (const [i, row] of binned.entries()) scores[i]! += leafOf(tree, row)
  }
  return (row) => {
    const own = binsOf(row, edges)
    return trees.reduce((sum, tree) => sum + leafOf(tree, own), 0)
  }
}

function edgesOf(values: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort()
  const edges = Array.from({ length: BINS - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / BINS)]!)
  return [...new Set(edges)]
}

function binsOf(row: readonly number[], edges: readonly number[][]): Uint8Array {
  return Uint8Array.from(row, (value, feature) => edges[feature]!.filter((edge) => value >= edge).length)
}

function grow(binned: readonly Uint8Array[], slopes: Float64Array, weights: Float64Array): Tree {
  const places = new Uint8Array(binned.length)
  const splits: Tree['splits'] = []
  for (let level = 0; level < DEPTH; level++) {
    const nodes = 2 ** level
    const found = bestSplits(binned, slopes, weights, places, nodes)
    splits.push(...found)
    for (const [i, row] of binned.entries()) {
      const split = found[places[i]!]
      places[i] = 2 * places[i]! + (split && row[split.feature]! > split.bin ? 1 : 0)
    }
  }
  const sums = Array.from({ length: 2 ** DEPTH }, () => [0, 0] as [number, number])
  for (const [i, place] of places.entries()) {
    sums[place]![0] += slopes[i]!
    sums[place]![1] += weights[i]!
  }
  return { splits, leaves: sums.map(([slope, weight]) => (RATE * slope) / (weight + LAMBDA)) }
}

function bestSplits(
  binned: readonly Uint8Array[],
  slopes: Float64Array,
  weights: Float64Array,
  places: Uint8Array,
  nodes: number,
): (Split | null)[] {
  const features = binned[0]!.length
  const best = Array.from({ length: nodes }, () => ({ gain: 1e-9, split: null as Split | null }))
  const slope = new Float64Array(nodes * BINS)
  const weight = new Float64Array(nodes * BINS)
  for (let feature = 0; feature < features; feature++) {
    slope.fill(0)
    weight.fill(0)
    for (let i = 0; i < binned.length; i++) {
      const at = places[i]! * BINS + binned[i]![feature]!
      slope[at]! += slopes[i]!
      weight[at]! += weights[i]!
    }
    for (let node = 0; node < nodes; node++) {
      const part = (values: Float64Array): Float64Array => values.subarray(node * BINS, (node + 1) * BINS)
      const [allSlope, allWeight] = [sum(part(slope)), sum(part(weight))]
      let [leftSlope, leftWeight] = [0, 0]
      for (let bin = 0; bin < BINS - 1; bin++) {
        leftSlope += slope[node * BINS + bin]!
        leftWeight += weight[node * BINS + bin]!
        const [rightSlope, rightWeight] = [allSlope - leftSlope, allWeight - leftWeight]
        if (leftWeight < LEAST_WEIGHT || rightWeight < LEAST_WEIGHT) continue
        const gain = worth(leftSlope, leftWeight) + worth(rightSlope, rightWeight) - worth(allSlope, allWeight)
        // At equal worth the middle of the tree still splits, so that two features can tell what neither tells alone.
        if (gain > best[node]!.gain) best[node] = { gain, split: { feature, bin } }
      }
    }
  }
  return best.map(({ split }) => split)
}

const worth = (slope: number, weight: number): number => slope ** 2 / (weight + LAMBDA)
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)

function leafOf({ splits, leaves }: Tree, row: Uint8Array): number {
  let place = 0
  for (let level = 0; level < DEPTH; level++) {
    const split = splits[2 ** level - 1 + place]
    place = 2 * place + (split && row[split.feature]! > split.bin ? 1 : 0)
  }
  return leaves[place]!
}
