import { describe, expect, it } from 'vitest'
import { AppError } from '../../src-preload/contract/index.ts'
import { screenRows } from '../../src-main/screening/screen-rows.ts'
import type { EncoderInput } from '../../src-main/ecg/preprocessing/encoder-input.ts'
import type { Engine } from '../../src-main/inference/engine.ts'

const input = (mark: number): EncoderInput => ({ ecg: Float32Array.of(mark), amplitude: new Float32Array(12) })
const outputs = (mark: number) => ({
  pheno: Float32Array.of(mark),
  dis: new Float32Array(4),
  sub: new Float32Array(3),
  distance: new Float32Array(1),
})

/** An encoder that fails on every batch that holds the ECG marked −1. */
function engine(code: string): Pick<Engine, 'screen'> {
  return {
    async screen(batch) {
      if (batch.some(({ ecg }) => ecg[0] === -1)) throw new AppError(code, 'not this one')
      return { rows: batch.map(({ ecg }) => outputs(ecg[0]!)), provider: 'cpu', ms: 10 * batch.length }
    },
  }
}

describe('screening a batch', () => {
  it('refuses only the recording that the encoder cannot take, and keeps the order', async () => {
    const rows = await screenRows(engine('inference/output-invalid'), [input(1), input(-1), input(3)])
    expect(rows.map((row) => (row.ok ? row.outputs.pheno[0] : row.error.code))).toEqual([
      1,
      'inference/output-invalid',
      3,
    ])
  })

  it('ends where nothing can be screened any more', async () => {
    const screening = screenRows(engine('inference/unavailable'), [input(1), input(-1)])
    await expect(screening).rejects.toMatchObject({ code: 'inference/unavailable' })
  })

  it('asks nothing of the encoder for no recordings', async () => {
    expect(await screenRows(engine('inference/failed'), [])).toEqual([])
  })
})
