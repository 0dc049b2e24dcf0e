/** Product names of file formats; the same in every language. */
const NAMES: Readonly<Record<string, string>> = {
  wfdb: 'WFDB',
  dicom: 'DICOM',
  'muse-xml': 'GE MUSE XML',
  aecg: 'HL7 aECG',
  'cardiosoft-xml': 'GE CardioSoft XML',
  'schiller-xml': 'Schiller XML',
  'philips-xml': 'Philips XML',
  'delimited-text': 'CSV / TSV',
}

export function formatName(id: string): string {
  return NAMES[id] ?? id
}
