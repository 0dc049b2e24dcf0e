import type { FoundInterpretation } from '../interpretation.ts'
import { childrenAt, numberAt, textAt, type XmlElement } from '../xml.ts'

/** Measurements of the GE 12SL program, and its statements: parts of one line are joined, flag ENDSLINE ends it. */
export function museInterpretation(root: XmlElement): FoundInterpretation {
  const value = (name: string): number | undefined => numberAt(root, 'RestingECGMeasurements', name)
  const lines = ['']
  for (const part of childrenAt(root, 'Diagnosis', 'DiagnosisStatement')) {
    lines[lines.length - 1] += textAt(part, 'StmtText') ?? ''
    if (childrenAt(part, 'StmtFlag').some(({ text }) => text.trim() === 'ENDSLINE')) lines.push('')
    else lines[lines.length - 1] += ' '
  }
  return {
    values: {
      prMs: value('PRInterval'),
      qrsMs: value('QRSDuration'),
      qtMs: value('QTInterval'),
      qtcBazettMs: value('QTCorrected'),
      qtcFridericiaMs: value('QTcFrederica'),
      pAxisDegrees: value('PAxis'),
      qrsAxisDegrees: value('RAxis'),
      tAxisDegrees: value('TAxis'),
    },
    statements: lines,
  }
}
