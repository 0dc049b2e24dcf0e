export default {
  title: 'Import',
  dropTitle: 'Drop ECG files or a folder here',
  dropText:
    'You can drop them anywhere in this window. Files that belong together, such as a WFDB header and its signal file, go in one drop.',
  formats:
    'Reads WFDB, DICOM, SCP-ECG, HL7 aECG, XML of GE, Philips and Schiller, EDF, ISHNE, and tables with named leads. The format is found by content, not by the file name.',
  chooseFiles: 'Choose files',
  chooseFolder: 'Choose a folder',
  local: 'Nothing leaves this computer. What you import is stored encrypted.',
  progress: 'Reading {done} of {of}',
  emptyTitle: 'What you will see here',
  emptyText:
    'One line for each file: what was read, where its units came from, which leads it holds, and whether it can be screened. Screening starts by itself.',
  stepDrop: 'Drop a 12-lead ECG of at least 9 seconds.',
  stepCheck: 'Check what was read from it.',
  stepOpen: 'Open it: four diseases, 82 phenotypes, and a cine on request.',
  accepted: '{n} file read | {n} files read',
  refused: '{n} refused',
  clear: 'Clear this list',
  open: 'Open',
  ready: 'Ready to be screened',
  notScreenable: 'Read, but cannot be screened',
  notScreenableShort: 'Cannot be screened',
  known: 'Known already: linked, not doubled',
  refusedFile: 'Not read',
  failed: 'The files could not be handed over. They are kept: try again.',
}
