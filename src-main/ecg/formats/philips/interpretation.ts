import type { FoundInterpretation } from '../interpretation.ts'
import { childrenAt, numberAt, textAt, type XmlElement } from '../xml.ts'

/** Measurements and statements of the first interpretation, whose measurements are named otherwise since 1.04. */
export function philipsInterpretation(root: XmlElement): FoundInterpretation {
  const [interpretation] = childrenAt(root, 'interpretations', 'interpretation')
  if (!interpretation) return { values: {}, statements: [] }
  const value = (name: string): number | undefined =>
    numberAt(interpretation, 'globalmeasurements', name) ?? numberAt(interpretation, 'interpretationmeasurements', name)
  return {
    values: {
      rrMs: value('rrint'),
      pMs: value('pdur'),
      prMs: value('print'),
      qrsMs: value('qrsdur'),
      qtMs: value('qtint'),
      qtcBazettMs: value('qtcb'),
      qtcFridericiaMs: value('qtcf'),
      pAxisDegrees: value('pfrontaxis'),
      qrsAxisDegrees: value('qrsfrontaxis'),
      tAxisDegrees: value('tfrontaxis'),
    },
    statements: childrenAt(interpretation, 'statement').map((statement) =>
      [textAt(statement, 'leftstatement'), textAt(statement, 'rightstatement')]
        .filter((part) => part !== undefined)
        .join('; '),
    ),
  }
}
