import type { Warning } from '../../../src-preload/contract/ecg.ts'
import { deviceOf, patientOf, startTimeOf } from '../../dicom/description.ts'
import { dicomStart, readDicomFile, type DicomFile } from '../../dicom/file.ts'
import type { EcgFormat } from '../recording.ts'
import { assembleRecording } from './assemble-recording.ts'
import { heartRateOf } from './dicom/heart-rate.ts'
import { interpretationOf } from './dicom/interpretation.ts'
import { decodeSamples } from './dicom/samples.ts'
import { rhythmGroup, type WaveformGroup } from './dicom/waveform-groups.ts'
import { printable } from './text.ts'

/** DICOM waveforms with ECG channels: 12-lead, general, ambulatory, hemodynamic, electrophysiology. */
export const dicom: EcgFormat = {
  id: 'dicom',

  detect: (head) => dicomStart(head) !== undefined,

  read(main) {
    const file = readDicomFile(main)
    const { group, others } = rhythmGroup(file)
    const samples = decodeSamples(group.dataset, group.channels, group.layout)
    const channels = group.channels.map(({ name, millivoltsPerUnit }, index) => ({
      name,
      samplesMv: samples[index]!,
      stepMv: millivoltsPerUnit,
    }))
    const voltages = channels.filter((_, index) => group.channels[index]!.millivoltsPerUnit !== undefined)
    return assembleRecording({
      format: this.id,
      rateHz: group.rateHz,
      channels: voltages,
      units: `channel sensitivity ${[...new Set(group.channels.map(({ unitText }) => unitText))].slice(0, 4).join(', ')} in the file`,
      rateSource: 'sampling frequency of the waveform group',
      leadSource: 'channel sources of the waveform group',
      device: deviceOf(file.dataset),
      patient: patientOf(file.dataset),
      startTime: startTimeOf(file.dataset),
      measuredHeartRateBpm: heartRateOf(file.dataset),
      interpretation: interpretationOf(file.dataset),
      warnings: warningsOf(file, group, others),
    })
  },
}

function warningsOf(file: DicomFile, group: WaveformGroup, others: readonly string[]): Warning[] {
  const warnings: Warning[] = []
  const skipped = group.channels.filter(({ millivoltsPerUnit }) => millivoltsPerUnit === undefined)
  if (skipped.length > 0) {
    const list = skipped.map(({ name, unitText }) => `${printable(name)} (${unitText})`).join(', ')
    warnings.push({ code: 'ecg/channel-skipped', message: `Not voltages, so left out: ${list}.` })
  }
  if (others.length > 0) {
    warnings.push({
      code: 'dicom/other-groups',
      message: `Further waveform groups were not read: ${others.slice(0, 8).join(', ')}.`,
    })
  }
  const skews = group.channels.map(({ skewS, skewSamples }) => skewS * group.rateHz + skewSamples)
  if (Math.max(...skews) - Math.min(...skews) > 1) {
    warnings.push({
      code: 'dicom/channel-skew',
      message: 'The file states that its channels start more than one sample apart; they were read as simultaneous.',
    })
  }
  if (file.preambleIsProgram) {
    warnings.push({
      code: 'dicom/preamble-program',
      message:
        'The first bytes of the DICOM file look like a program. Treat the file with care and ask where it came from.',
    })
  }
  return warnings
}
