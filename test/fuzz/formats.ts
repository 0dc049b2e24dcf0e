import type { Mutate } from './input.ts'
import { mutateBytes } from './mutate/bytes.ts'
import { mutateDicom } from './mutate/dicom.ts'
import { mutateFields } from './mutate/fields.ts'
import { mutateScp } from './mutate/scp.ts'
import { mutateText } from './mutate/text.ts'
import { mutateXml } from './mutate/xml.ts'
import { SEEDS } from './seeds.ts'

const XML: readonly Mutate[] = [mutateXml, mutateXml, mutateText, mutateBytes]
const TEXT: readonly Mutate[] = [mutateText, mutateText, mutateText, mutateBytes]

/** What is done to the files of each format; one that stands more often is done more often. */
const MUTATORS: Readonly<Record<string, readonly Mutate[]>> = {
  dicom: [mutateDicom, mutateDicom, mutateDicom, mutateBytes],
  'scp-ecg': [mutateScp, mutateScp, mutateScp, mutateBytes],
  edf: [mutateFields, mutateFields, mutateBytes],
  ishne: [mutateBytes],
  matlab: [mutateBytes],
  numpy: [mutateBytes, mutateText],
  'muse-xml': XML,
  aecg: XML,
  'cardiosoft-xml': XML,
  'schiller-xml': XML,
  'philips-xml': XML,
  json: TEXT,
  wfdb: TEXT,
  'delimited-text': TEXT,
}

export const FUZZ_FORMATS: readonly string[] = Object.keys(SEEDS)

export function mutatorsOf(format: string): readonly Mutate[] {
  return MUTATORS[format]!
}
