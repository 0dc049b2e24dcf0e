import { encodeArray } from '../../numpy/encode-array.ts'
import type { EcgWriter } from './writer.ts'

/** A NumPy array of float32 mV, samples by leads, and the JSON text beside it that says so. */
export const npyWriter: EcgWriter = {
  id: 'npy',

  leftOut: () => [],

  write({ rateHz, channels, patient, startTime }, stem) {
    const sampleCount = channels[0]?.samplesMv.length ?? 0
    const values = new Float32Array(sampleCount * channels.length)
    for (const [index, { samplesMv }] of channels.entries()) {
      for (let t = 0; t < sampleCount; t++) values[t * channels.length + index] = samplesMv[t]!
    }
    const file = `${stem}.npy`
    const description = {
      file,
      rateHz,
      unit: 'mV',
      leads: channels.map(({ name }) => name),
      ...(startTime !== undefined && { startTime }),
      ...(patient && { patient }),
    }
    return [
      { name: `${stem}.json`, bytes: Buffer.from(`${JSON.stringify(description, null, 2)}\n`) },
      { name: file, bytes: encodeArray(values, [sampleCount, channels.length]) },
    ]
  },
}
