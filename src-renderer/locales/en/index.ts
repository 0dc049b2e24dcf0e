import cine from './cine.ts'
import findings from './findings.ts'
import frame from './frame.ts'
import help from './help.ts'
import importing from './importing.ts'
import measuring from './measuring.ts'
import models from './models.ts'
import quality from './quality.ts'
import reading from './reading.ts'
import realCine from './realCine.ts'
import recording from './recording.ts'
import study from './study.ts'
import viewer from './viewer.ts'
import worklist from './worklist.ts'

export default {
  cine,
  findings,
  frame,
  help,
  importing,
  measuring,
  models,
  quality,
  reading,
  realCine,
  recording,
  study,
  viewer,
  worklist,
}
