import { AppError } from '../../../src-preload/contract/errors.ts'
import type { EcgFormat } from '../recording.ts'
import { statedByUser } from './answer.ts'
import { assembleRecording } from './assemble-recording.ts'
import { isNumpy, readNumpy } from './json/numpy-array.ts'
import { matrixChannels } from './sample-matrix.ts'

/** NumPy arrays. Alone they are numbers without rate, unit and names; a JSON file beside one tells these. */
export const numpy: EcgFormat = {
  id: 'numpy',

  detect: isNumpy,

  read(main, _companion, answer) {
    if (!answer?.rateHz || !answer.unit || !answer.leads) {
      throw new AppError(
        'format/rate-unknown',
        'A NumPy array states neither its sampling rate nor its unit nor its leads. Put a text file beside it, such as ' +
          'recording.json with {"file": "recording.npy", "rateHz": 500, "unit": "mV", "leads": ["I", "II", …]}, ' +
          'and open that with the array in the same folder or drop.',
      )
    }
    const meaning = { rateHz: undefined, unit: undefined, leads: undefined, answer }
    return assembleRecording({
      format: this.id,
      ...matrixChannels(readNumpy(main), meaning, 'Name a lead for each row or column.'),
      rateSource: statedByUser(answer),
      leadSource: statedByUser(answer),
      answered: ['units', 'rate', 'leads'],
      warnings: [],
    })
  },
}
