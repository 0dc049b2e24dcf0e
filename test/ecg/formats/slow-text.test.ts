import { describe, expect, it } from 'vitest'
import { readRecording } from '../../../src-main/ecg/read-recording.ts'
import { aecgXml } from './aecg-writer.ts'
import { lead, waveformObject } from './dicom-sample.ts'
import { text, writeDicom } from './dicom-writer.ts'
import { philipsXml } from './philips-writer.ts'

const many = (piece: string, count = 60_000): string => piece.repeat(count)

/**
 * Text on which a careless pattern needs the square or the cube of its length: minutes to years, where a linear one
 * needs milliseconds. Nothing is timed here; a pattern gone wrong runs into the limit of the test itself.
 */
const TEXTS: [string, string][] = [
  ['blanks', `${many(' ')}x`],
  ['a name of letters', `r 1 500 1\n${many('a')}\n`],
  ['a name of letters and a format', `r 1 500 1\n${many('a')} x\n`],
  ['brackets', `I (mV),${many('(')}\n1,2\n`],
  ['brackets and blanks', `I (mV),${many('( ', 9000)}\n1,2\n`],
  ['blanks before brackets', `I (mV) ${many(' ', 19_000)}x\n1 2\n`],
  ['separators', `I (mV),${many('_ -', 6000)}\n1,2\n`],
  ['words in the preface', `# ${many('a b ', 4000)}\n# rate=500\nI (mV)\n1\n`],
  ['words in every line of the preface', `${many(`# ${many('rate ', 3000)}\n`, 190)}# rate=500\nI (mV)\n1\n`],
  ['names in every comment', many(`#I (mV),${many('a,', 5000)}\n`, 190)],
  ['carriage returns', many(`${many('\r', 15_000)}x\n`, 150)],
  ['digits as a gain', `r 1 500 1\na.dat 16 ${many('1')}x\n`],
  ['digits as a rate', `r 1 ${many('1')}x 1\na.dat 16\n`],
  ['comments about age', `${many('# age age age ', 4000)}\nr 1 500 1\na.dat 16\n`],
  ['a document of nothing but prolog', `<?xml version="1.0"?>${many('<?a?>', 12_000)}`],
  ['a document type that never ends', `<!DOCTYPE ${many('a ')}`],
  [
    'digits as an XML number',
    `<RestingECG><Waveform><WaveformType>Rhythm</WaveformType><SampleBase>${many('1')}x</SampleBase></Waveform></RestingECG>`,
  ],
  [
    'a lead of blanks',
    `<RestingECG><Waveform><WaveformType>Rhythm</WaveformType><LeadData><LeadID>I${many(' ')}(</LeadID></LeadData></Waveform></RestingECG>`,
  ],
  ['digits as one sample', aecgXml([{ code: 'MDC_ECG_LEAD_I', digits: `${many('1')}x` }])],
  ['blanks behind a sample', aecgXml([{ code: 'MDC_ECG_LEAD_I', digits: `1${many(' ')}x` }])],
  ['digits as a time of day', aecgXml([], { head: `<effectiveTime value="${many('1')}"/>` })],
  ['blanks among lead labels', philipsXml({ leads: { [`V1${many(' ')}`]: [1, 2] }, data: 'AAAA' })],
]

describe('text made to be slow', () => {
  it.each(TEXTS)('%s', (_, hostile) => {
    try {
      readRecording(Buffer.from(hostile), 'a.txt', () => new Uint8Array(2))
    } catch (error) {
      expect((error as Error).name, String(error)).toBe('AppError')
    }
  })

  it('in DICOM strings', () => {
    const group = { channels: [lead(1, 'I')], samples: [1] }
    const object = waveformObject([group], {
      0x00100010: text('PN', `${many('^ ', 30_000)}x`),
      0x00100020: text('LO', `${many('\0 ', 30_000)}x`),
    })
    expect(readRecording(writeDicom(object), 'a.dcm', () => undefined).channels.length).toBe(1)
  })
})
