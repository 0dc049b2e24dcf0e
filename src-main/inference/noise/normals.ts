import { philoxWords } from './philox.ts'

/**
 * Standard normals of one stream by Box–Muller over the word pairs (w0, w1), (w2, w3) of each block, computed in
 * float64 and stored as float32.
 *
 * The half added to a word keeps the logarithm away from zero: the largest value is √(2·33·ln 2) = 6.76.
 *
 * @param seed   unsigned 32-bit
 * @param stream unsigned 32-bit
 * @param count  number of values
 */
export function philoxNormals(seed: number, stream: number, count: number): Float32Array {
  const words = philoxWords(seed, stream, 2 * Math.ceil(count / 2))
  const normals = new Float32Array(count)
  for (let index = 0; index < count; index += 2) {
    const radius = Math.sqrt(-2 * Math.log((words[index]! + 0.5) / 0x100000000))
    const angle = (2 * Math.PI * (words[index + 1]! + 0.5)) / 0x100000000
    normals[index] = radius * Math.cos(angle)
    if (index + 1 < count) normals[index + 1] = radius * Math.sin(angle)
  }
  return normals
}
