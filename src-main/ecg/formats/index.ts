import type { EcgFormat } from '../recording.ts'
import { aecg } from './aecg.ts'
import { cardiosoft } from './cardiosoft.ts'
import { delimitedText } from './delimited-text.ts'
import { dicom } from './dicom.ts'
import { edf } from './edf.ts'
import { ishne } from './ishne.ts'
import { json } from './json.ts'
import { matlab } from './matlab.ts'
import { museXml } from './muse-xml.ts'
import { numpy } from './numpy.ts'
import { philips } from './philips.ts'
import { schiller } from './schiller.ts'
import { scpEcg } from './scp-ecg.ts'
import { wfdb } from './wfdb.ts'

/**
 * Every format that is read, in the order in which detection asks them: those with a magic word first, plain tables
 * last. A new format is one file beside this one and one line here.
 */
export const ECG_FORMATS: readonly EcgFormat[] = [
  dicom,
  scpEcg,
  edf,
  ishne,
  matlab,
  numpy,
  json,
  museXml,
  aecg,
  cardiosoft,
  schiller,
  philips,
  wfdb,
  delimitedText,
]
