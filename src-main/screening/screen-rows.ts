import { AppError, type ErrorReply } from '../../src-preload/contract/index.ts'
import type { Provider } from '../../src-preload/contract/screening.ts'
import type { EncoderInput } from '../ecg/preprocessing/encoder-input.ts'
import type { ScreeningOutputs } from '../inference/encoder.ts'
import type { Engine } from '../inference/engine.ts'

/** What the encoder said about one recording, or why it said nothing. */
export type ScreenedRow =
  { ok: true; outputs: ScreeningOutputs; provider: Provider; encodeMs: number } | { ok: false; error: ErrorReply }

/** After these nothing can be screened any more, so that going on would only refuse every file. */
const FINAL = new Set(['inference/unavailable', 'inference/closed', 'pack/parity-failed'])

/**
 * Screens a batch in one run. Where that fails, each recording is tried alone, so that one that the encoder can't take
 * is refused by itself.
 *
 * @throws AppError that ends the whole command, e.g. `inference/unavailable`
 */
export async function screenRows(
  engine: Pick<Engine, 'screen'>,
  inputs: readonly EncoderInput[],
): Promise<ScreenedRow[]> {
  if (inputs.length === 0) return []
  try {
    const { rows, provider, ms } = await engine.screen(inputs)
    return rows.map((outputs) => ({ ok: true, outputs, provider, encodeMs: ms / inputs.length }))
  } catch (error) {
    if (!(error instanceof AppError) || FINAL.has(error.code)) throw error
    if (inputs.length === 1) return [{ ok: false, error: error.toReply() }]
    const rows: ScreenedRow[] = []
    for (const input of inputs) rows.push(...(await screenRows(engine, [input])))
    return rows
  }
}
