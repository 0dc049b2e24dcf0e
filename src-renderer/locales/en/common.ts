export default {
  cancel: 'Cancel',
  save: 'Save',
  choose: 'Choose…',
  dateForm: 'YYYY-MM-DD',
  noDate: 'This is no date. Write year, month and day, as 1960-02-03.',
  noFile: 'No file chosen',
  chooseFolder: 'Choose a folder of this computer',
  chooseTable: 'Choose a table of this computer',
  chooseThis: 'Choose this folder',
  folderAbove: 'Folder above',
  folderMore: 'There is more here than is listed: type the path.',
  noTables: 'No CSV or text file lies in this folder.',
}
