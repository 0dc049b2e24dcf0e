import type { EncoderInput } from '../../ecg/preprocessing/encoder-input.ts'
import { takeOutput } from '../check-output.ts'
import { tensorsOf } from '../encoder.ts'
import type { RunGraph } from '../tensor.ts'

export interface ProjectRequest {
  ecgs: readonly EncoderInput[]
  /** [50, 96, 96] in [0, 1] */
  cine: Float32Array
}

/** ECGs and one cine in the space that both share; vectors of unit length. */
export interface Projections {
  /** One [256] per ECG. */
  ecgs: Float32Array[]
  /** The cine as a whole, [256]. */
  cine: Float32Array
  /** Its places, [144, 256]. */
  places: Float32Array
  /** The same before the last layer, [144, width]. */
  tokens: Float32Array
}

const PLACES = 144
const SHARED = 256

/**
 * @param tokenWidth width of `tokens` of the pack's cmr-encoder
 * @throws AppError `inference/output-invalid`
 */
export async function project(
  run: RunGraph,
  { ecgs, cine }: ProjectRequest,
  tokenWidth: number,
  between: () => void,
): Promise<Projections> {
  const projected: Float32Array[] = []
  for (const ecg of ecgs) {
    projected.push(takeOutput(await run('encoder-aligned', tensorsOf(ecg), ['proj']), 'proj', [1, SHARED], UNIT))
    between()
  }
  const inputs = { cine: { data: cine, shape: [1, 50, 96, 96] } }
  const found = await run('cmr-encoder', inputs, ['tokens', 'tok_proj', 'proj'])
  return {
    ecgs: projected,
    cine: takeOutput(found, 'proj', [1, SHARED], UNIT),
    places: takeOutput(found, 'tok_proj', [1, PLACES, SHARED], UNIT),
    tokens: takeOutput(found, 'tokens', [1, PLACES, tokenWidth], { varies: true }),
  }
}

/** Components of vectors of unit length, with room for rounding. */
const UNIT = { minimum: -1.001, maximum: 1.001, varies: true } as const
