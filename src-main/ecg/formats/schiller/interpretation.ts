import type { FoundInterpretation } from '../interpretation.ts'
import { childrenAt, numberAt, textAt, type XmlElement } from '../xml.ts'

/** The measurements over all leads and the interpretation's text; a pacemaker that was switched on for the recording is a statement. */
export function schillerInterpretation(root: XmlElement): FoundInterpretation {
  const global = childrenAt(root, 'eventdata', 'event', 'annotation_global')
  const value = (name: string): number | undefined => {
    const found = global.find((each) => textAt(each, 'name') === name)
    return found && numberAt(found, 'value')
  }
  const texts = childrenAt(root, 'eventdata', 'event', 'textdata')
  const pacemaker = textAt(root, 'patdata', 'pacemaker', 'value')
  return {
    values: {
      rrMs: value('RR'),
      pMs: value('P'),
      prMs: value('PQ'),
      qrsMs: value('QRS'),
      qtMs: value('QT'),
      qtcBazettMs: value('QTC'),
      pAxisDegrees: value('AXIS_P'),
      qrsAxisDegrees: value('AXIS_QRS'),
      tAxisDegrees: value('AXIS_T'),
    },
    statements: [
      ...texts
        .filter((each) => textAt(each, 'type') === 'INTERPRETATION')
        .map((each) => textAt(each, 'textdata') ?? ''),
      ...(pacemaker === 'ON' ? ['Pacemaker'] : []),
    ],
  }
}
