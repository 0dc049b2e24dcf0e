import { AppError } from '../../../src-preload/contract/errors.ts'
import type { EcgFormat } from '../recording.ts'
import { assembleRecording } from './assemble-recording.ts'
import { cutToDeclared, markCalibration } from './philips/calibration.ts'
import { philipsDevice, philipsHeartRate, philipsPatient, philipsStartTime } from './philips/description.ts'
import { philipsInterpretation } from './philips/interpretation.ts'
import { philipsLayout } from './philips/layout.ts'
import { philipsSamples } from './philips/samples.ts'
import { printable } from './text.ts'
import { parseXml, textAt, xmlRootName, type XmlElement } from './xml.ts'

const VERSIONS = ['1.03', '1.04', '1.04.01']

/** Philips Sierra XML (`restingecgdata`), versions 1.03, 1.04 and 1.04.01: the parsed waveforms, not the mean beats. */
export const philips: EcgFormat = {
  id: 'philips-xml',

  detect: (head) => xmlRootName(head) === 'restingecgdata',

  read(main) {
    const root = parseXml(main)
    const layout = philipsLayout(root, versionOf(root))
    const { counts, warnings } = cutToDeclared(philipsSamples(layout), layout)
    return assembleRecording({
      format: this.id,
      rateHz: layout.rateHz,
      channels: layout.labels.map((name, lead) => ({
        name,
        samplesMv: Float32Array.from(counts[lead]!, (count) => (count * layout.microvoltsPerBit) / 1000),
        stepMv: layout.microvoltsPerBit / 1000,
      })),
      units: `${layout.microvoltsPerBit} µV per unit in the file`,
      rateSource: 'samplingrate of the waveforms',
      leadSource: 'lead labels of the waveforms',
      device: philipsDevice(root),
      patient: philipsPatient(root),
      startTime: philipsStartTime(root),
      measuredHeartRateBpm: philipsHeartRate(root),
      interpretation: philipsInterpretation(root),
      warnings: [...warnings, ...markCalibration(counts, layout)],
    })
  },
}

function versionOf(root: XmlElement): string {
  const version = textAt(root, 'documentinfo', 'documentversion')
  if (version !== undefined && VERSIONS.includes(version)) return version
  throw new AppError(
    'format/unsupported',
    `The Philips file is of ${version === undefined ? 'no stated version' : `version ${printable(version)}`}; versions ${VERSIONS.join(', ')} are read. Export it as one of these.`,
  )
}
