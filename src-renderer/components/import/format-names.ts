/** Product names of file formats; the same in every language. */
const NAMES: Readonly<Record<string, string>> = {
  wfdb: 'WFDB',
  dicom: 'DICOM',
  'muse-xml': 'GE MUSE XML',
  'delimited-text': 'CSV / TSV',
}

export function formatName(id: string): string {
  return NAMES[id] ?? id
}
