import { countedTruth, currentProtocol, diagnosticArms, type Reading, type StudyRecord } from './study-record.ts'
import { zipOf } from './zip.ts'

type Cell = string | number

/**
 * The workbook that RJafroc's `DfReadDataFile(newExcelFileFormat = TRUE)` reads: sheets TRUTH, NL and LL of a crossed
 * ROC study. A rating of a normal case is a non-lesion localisation, of a diseased case a lesion localisation.
 *
 * RJafroc takes it where every reader has read every case under every arm.
 *
 * @see RJafroc's DfReadDataFile.R, ReadJAFROCNewFormat and checkTruthTable (names of sheets and columns, what is checked)
 */
export function rjafrocWorkbook(study: StudyRecord, readings: readonly Reading[]): Uint8Array {
  const protocol = currentProtocol(study)
  const arms = diagnosticArms(protocol)
  const readers = protocol.readers.map((one) => one.readerId).join(', ')
  const modalities = arms.map((_, index) => index).join(', ')
  const rows = readings.flatMap((one) => {
    const rating = one.answers[protocol.primary.question]
    return one.stageKind === 'diagnostic' && typeof rating === 'number' ? [{ ...one, rating }] : []
  })
  const truth = countedTruth(study).map((one, index): Cell[] => [
    one.caseId,
    one.truth,
    0,
    readers,
    modalities,
    index === 0 ? 'ROC' : index === 1 ? 'FCTRL' : '',
  ])
  const marks = (disease: 0 | 1): Cell[][] =>
    rows
      .filter((one) => one.truth === disease)
      .map((one) => [
        one.readerId,
        arms.indexOf(one.arm),
        one.caseId,
        ...(disease === 1 ? [1] : []),
        // A rating of 0 to 100 becomes 1 to 101: 0 stands for "no mark" in some versions.
        one.rating + 1,
      ])
  return workbook([
    { name: 'TRUTH', rows: [['CaseID', 'LesionID', 'Weight', 'ReaderID', 'ModalityID', 'Paradigm'], ...truth] },
    { name: 'NL', rows: [['ReaderID', 'ModalityID', 'CaseID', 'NL_Rating'], ...marks(0)] },
    { name: 'LL', rows: [['ReaderID', 'ModalityID', 'CaseID', 'LesionID', 'LL_Rating'], ...marks(1)] },
  ])
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

/** The smallest Office Open XML workbook: texts inline, numbers plain. @see ECMA-376 part 1, §18 */
function workbook(sheets: readonly { name: string; rows: readonly (readonly Cell[])[] }[]): Uint8Array {
  const each = (text: (name: string, number: number) => string): string =>
    sheets.map(({ name }, index) => text(name, index + 1)).join('')
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const files: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>${each((_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${type}.worksheet+xml"/>`)}</Types>`,
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${each((name, n) => `<sheet name="${name}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships">${each((_, n) => `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}</Relationships>`,
  }
  for (const [index, { rows }] of sheets.entries()) {
    files[`xl/worksheets/sheet${index + 1}.xml`] =
      `<worksheet xmlns="${MAIN}"><sheetData>${rows.map((row) => `<row>${row.map(cell).join('')}</row>`).join('')}</sheetData></worksheet>`
  }
  return zipOf(new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(HEAD + text)])))
}

function cell(value: Cell): string {
  if (typeof value === 'number') return `<c><v>${value}</v></c>`
  return `<c t="inlineStr"><is><t>${value.replace(/[<&]/g, (sign) => (sign === '<' ? '&lt;' : '&amp;'))}</t></is></c>`
}
