import { describe, expect, it } from 'vitest'
import { BATCH_TABLE_TEMPLATE, readBatchTable } from '../../../src-main/app/batch/batch-table.ts'
import { decodeSpreadsheet } from '../../../src-main/csv/decode-spreadsheet.ts'
import { parseCsv } from '../../../src-main/csv/parse-csv.ts'

const places = (text: string): [number, string][] =>
  readBatchTable(text).problems.map(({ row, column }) => [row, column])

describe('a table of files with patient fields', () => {
  it('takes its own template', () => {
    const { rows, problems } = readBatchTable(BATCH_TABLE_TEMPLATE)
    expect(problems).toEqual([])
    expect(rows.map(({ row, person }) => [row, person?.localId, person?.birthDate])).toEqual([
      [2, 'P-0001', '1960-02-03'],
      [3, 'P-0002', '1955-11-20'],
    ])
  })

  it('names row and column of everything that is wrong, and then uses nothing', () => {
    const text = [
      'file,patient_id,name,sex,birth_date,height_cm',
      'a.hea,P1,One,woman,1960-02-03,162',
      ',P2,Two,m,03/02/1960,-4',
      'c.hea,,Nobody,f,1960-13-01,',
      '"\\\\server\\share\\d.hea",P4,Four,f,,',
      'a.hea,P1,Another,f,1960-02-03,',
    ].join('\r\n')
    expect(places(text)).toEqual([
      [2, 'sex'],
      [3, 'file'],
      [3, 'birth_date'],
      [3, 'height_cm'],
      [4, 'birth_date'],
      [4, 'patient_id'],
      [5, 'file'],
      [6, 'file'],
      [6, 'name'],
      [6, 'sex'],
    ])
    expect(readBatchTable(text).rows).toEqual([])
  })

  it('refuses columns that it does not know, and a table without files', () => {
    expect(places('file,patient')).toEqual([[1, 'patient']])
    expect(places('patient_id\nP1')).toEqual([[1, 'file']])
    expect(places('file\n\n')).toEqual([[2, 'file']])
  })

  it('takes what spreadsheets make of a table: semicolons, Chinese headers in GB 18030, an apostrophe before zeros', () => {
    const gb = Uint8Array.from([0xce, 0xc4, 0xbc, 0xfe, 0x3b, 0xbb, 0xbc, 0xd5, 0xdf, 0xb1, 0xe0, 0xba, 0xc5, 0x3b, 0xd0, 0xd5, 0xc3, 0xfb]) // prettier-ignore
    expect(decodeSpreadsheet(gb)).toBe('文件;患者编号;姓名')
    const { rows, problems } = readBatchTable(
      `${decodeSpreadsheet(gb)};出生日期;性别\na.hea;'000123;王小明;1980/2/3;男\n`,
    )
    expect(problems).toEqual([])
    expect(rows[0]?.person).toMatchObject({ localId: '000123', name: '王小明', birthDate: '1980-02-03', sex: 'male' })
  })

  it('keeps what stands in quotes: separators, line ends and doubled quotes', () => {
    expect(parseCsv('a,"b,""c""\r\nd",e\r\n1,,2')).toEqual([
      ['a', 'b,"c"\r\nd', 'e'],
      ['1', '', '2'],
    ])
    expect(parseCsv('a\tb\rc\td')).toEqual([['a', 'b'], ['c', 'd']]) // prettier-ignore
  })
})
