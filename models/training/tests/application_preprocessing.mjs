// Runs the application's preprocessing on stdin: little-endian int32 length N, float32 heart rate, 12 x N float32 in mV;
// writes 12 x 2250 samples and 12 amplitudes as float32.
import { readFileSync, writeSync } from 'node:fs'
import { toEncoderInput } from '../../../src-main/ecg/preprocessing/encoder-input.ts'

const bytes = readFileSync(0)
const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const [length, heartRate] = [view.getInt32(0, true), view.getFloat32(4, true)]
const leads = Array.from({ length: 12 }, (_, lead) =>
  Float32Array.from({ length }, (_, i) => view.getFloat32(8 + 4 * (lead * length + i), true)),
)
const { ecg, amplitude } = toEncoderInput(leads, heartRate)
for (const values of [ecg, amplitude]) {
  const out = Buffer.from(values.buffer, values.byteOffset, values.byteLength)
  for (let sent = 0; sent < out.length; ) sent += writeSync(1, out, sent)
}
