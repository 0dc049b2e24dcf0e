import batch from './batch.ts'
import admin from './admin.ts'
import audit from './audit.ts'
import cine from './cine.ts'
import common from './common.ts'
import door from './door.ts'
import duplicates from './duplicates.ts'
import exchange from './exchange.ts'
import explanations from './explanations.ts'
import findings from './findings.ts'
import frame from './frame.ts'
import help from './help.ts'
import importing from './importing.ts'
import manual from './manual.ts'
import measuring from './measuring.ts'
import models from './models.ts'
import patients from './patients.ts'
import people from './people.ts'
import quality from './quality.ts'
import reading from './reading.ts'
import realCine from './realCine.ts'
import recording from './recording.ts'
import report from './report.ts'
import review from './review.ts'
import study from './study.ts'
import viewer from './viewer.ts'
import worklist from './worklist.ts'

export default {
  batch,
  admin,
  audit,
  cine,
  common,
  door,
  duplicates,
  exchange,
  explanations,
  findings,
  frame,
  help,
  importing,
  manual,
  measuring,
  models,
  patients,
  people,
  quality,
  reading,
  realCine,
  recording,
  report,
  review,
  study,
  viewer,
  worklist,
}
