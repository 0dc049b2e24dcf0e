import { aecgWriter } from './aecg.ts'
import { csvWriter } from './csv.ts'
import { dicomWriter } from './dicom.ts'
import { npyWriter } from './npy.ts'
import { wfdbWriter } from './wfdb.ts'
import type { EcgWriter } from './writer.ts'

/** Every format that is written. A new one is one file beside this one and one line here. */
export const ECG_WRITERS: readonly EcgWriter[] = [wfdbWriter, dicomWriter, aecgWriter, csvWriter, npyWriter]
