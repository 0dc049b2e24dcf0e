import type { FoundInterpretation } from '../interpretation.ts'
import { childrenAt, numberAt, type XmlElement } from '../xml.ts'

/** Measurements and statements of the resting ECG, by CardioSoft or the 12SL program. */
export function cardiosoftInterpretation(root: XmlElement): FoundInterpretation {
  const value = (name: string): number | undefined => numberAt(root, 'RestingECGMeasurements', name)
  return {
    values: {
      rrMs: value('RRInterval'),
      pMs: value('PDuration'),
      prMs: value('PQInterval'),
      qrsMs: value('QRSDuration'),
      qtMs: value('QTInterval'),
      qtcBazettMs: value('QTCInterval'),
      pAxisDegrees: value('PAxis'),
      qrsAxisDegrees: value('RAxis'),
      tAxisDegrees: value('TAxis'),
    },
    statements: childrenAt(root, 'Interpretation', 'Diagnosis', 'DiagnosisText').map(({ text }) => text),
  }
}
