/** Product names of file formats; the same in every language. */
export const FORMAT_NAMES: Readonly<Record<string, string>> = {
  wfdb: 'WFDB',
  dicom: 'DICOM',
  'muse-xml': 'GE MUSE XML',
  aecg: 'HL7 aECG',
  'cardiosoft-xml': 'GE CardioSoft XML',
  'schiller-xml': 'Schiller XML',
  'philips-xml': 'Philips XML',
  'scp-ecg': 'SCP-ECG',
  edf: 'EDF / BDF',
  ishne: 'ISHNE',
  matlab: 'MATLAB',
  numpy: 'NumPy',
  json: 'JSON',
  'delimited-text': 'CSV / TSV',
}

export function formatName(id: string): string {
  return FORMAT_NAMES[id] ?? id
}
