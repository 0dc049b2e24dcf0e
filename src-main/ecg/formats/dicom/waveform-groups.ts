import { AppError } from '../../../../src-preload/contract/errors.ts'
import { standardLead } from '../../lead-names.ts'
import { printable } from '../text.ts'
import { channelOf, type DicomChannel } from './channels.ts'
import type { DicomDataset } from '../../../dicom/dataset.ts'
import type { DicomFile } from '../../../dicom/file.ts'
import type { SampleLayout } from './samples.ts'
import { Tag } from '../../../dicom/tags.ts'
import { decimalAt, textAt, unsignedAt } from '../../../dicom/values.ts'

/** One multiplex group: channels that were sampled together. */
export interface WaveformGroup {
  dataset: DicomDataset
  channels: readonly DicomChannel[]
  layout: SampleLayout
  rateHz: number
  label: string
}

/**
 * The group that holds the rhythm: among the original groups with voltages, the one with the most standard leads, then
 * the longest. Median and representative beats are never taken for a rhythm.
 *
 * @returns the chosen group, and the labels of other original groups with voltages
 * @throws AppError `format/no-waveform`, `format/no-rhythm`, and as `channelOf`
 */
export function rhythmGroup(file: DicomFile): { group: WaveformGroup; others: string[] } {
  const items = file.dataset.get(Tag.waveforms)?.items ?? []
  if (items.length === 0) throw noWaveform(file)
  const rhythms = items.filter((item) => !isBeat(item)).map((item) => parseGroup(item, file.littleEndian))
  const candidates = rhythms.filter(({ channels }) =>
    channels.some(({ millivoltsPerUnit }) => millivoltsPerUnit !== undefined),
  )
  if (candidates.length === 0) {
    const found = items.map((item) => printable(textAt(item, Tag.groupLabel) ?? 'unnamed')).join(', ')
    throw new AppError(
      'format/no-rhythm',
      `The DICOM file holds no original ECG rhythm (waveform groups: ${found}). Export the full recording.`,
    )
  }
  const leads = ({ channels }: WaveformGroup): number => channels.filter(({ name }) => standardLead(name)).length
  const duration = ({ layout, rateHz }: WaveformGroup): number => layout.sampleCount / rateHz
  const [group, ...others] = candidates.sort((a, b) => leads(b) - leads(a) || duration(b) - duration(a))
  return { group: group!, others: others.map(({ label }) => label) }
}

function isBeat(item: DicomDataset): boolean {
  const label = textAt(item, Tag.groupLabel) ?? ''
  return (
    textAt(item, Tag.originality) === 'DERIVED' ||
    /median|average|averaged|representative|template|\bbeat\b/i.test(label)
  )
}

function parseGroup(item: DicomDataset, littleEndian: boolean): WaveformGroup {
  const definitions = item.get(Tag.channelDefinitions)?.items ?? []
  const channelCount = unsignedAt(item, Tag.channelCount, littleEndian) ?? 0
  const label = printable(textAt(item, Tag.groupLabel) ?? 'unnamed')
  if (channelCount === 0 || definitions.length !== channelCount) {
    throw new AppError(
      'format/malformed',
      `Waveform group ${label} declares ${channelCount} channels and defines ${definitions.length}. Export the DICOM file again.`,
    )
  }
  const bitsAllocated = unsignedAt(item, Tag.bitsAllocated, littleEndian) ?? 0
  const rateHz = decimalAt(item, Tag.samplingFrequency)
  if (!rateHz || rateHz < 0) {
    throw new AppError(
      'format/rate-unknown',
      `Waveform group ${label} of the DICOM file states no sampling frequency. Export it again.`,
    )
  }
  return {
    dataset: item,
    channels: definitions.map((definition, index) => channelOf(definition, index, bitsAllocated, littleEndian)),
    layout: {
      channelCount,
      sampleCount: unsignedAt(item, Tag.sampleCount, littleEndian) ?? 0,
      bitsAllocated,
      interpretation: textAt(item, Tag.sampleInterpretation) ?? 'no type',
      littleEndian,
    },
    rateHz,
    label,
  }
}

function noWaveform({ dataset, sopClass }: DicomFile): AppError {
  const what = sopClasses.get(sopClass ?? '') ?? `an object of class ${printable(sopClass ?? 'unknown')}`
  const modality = textAt(dataset, Tag.modality)
  return new AppError(
    'format/no-waveform',
    `The DICOM file holds no waveform: it is ${what}${modality ? ` (modality ${printable(modality, 16)})` : ''}. Choose the ECG waveform object.`,
  )
}

const sopClasses = new Map([
  ['1.2.840.10008.1.3.10', 'a DICOMDIR'],
  ['1.2.840.10008.5.1.4.1.1.4', 'an MR image'],
  ['1.2.840.10008.5.1.4.1.1.4.1', 'an enhanced MR image'],
  ['1.2.840.10008.5.1.4.1.1.7', 'a secondary capture image'],
  ['1.2.840.10008.5.1.4.1.1.104.1', 'a PDF in DICOM'],
  ['1.2.840.10008.5.1.4.1.1.6.1', 'an ultrasound image'],
])
