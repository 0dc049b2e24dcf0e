import { AppError } from '../../../src-preload/contract/errors.ts'
import type { EcgFormat } from '../recording.ts'
import { isNumpy } from './json/numpy-array.ts'

/** NumPy arrays. Alone they are numbers without rate, unit and names; a JSON file beside one tells these. */
export const numpy: EcgFormat = {
  id: 'numpy',

  detect: isNumpy,

  read() {
    throw new AppError(
      'format/rate-unknown',
      'A NumPy array states neither its sampling rate nor its unit nor its leads. Put a text file beside it, such as ' +
        'recording.json with {"file": "recording.npy", "rateHz": 500, "unit": "mV", "leads": ["I", "II", …]}, ' +
        'and open that with the array in the same folder or drop.',
    )
  },
}
