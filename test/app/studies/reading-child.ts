import { randomUUID } from 'node:crypto'
import { flushCompileCache } from 'node:module'
import { Reading } from '../../../src-main/app/studies/reading.ts'
import { WorkspaceAccess } from '../../../src-main/registry/access/workspace-access.ts'
import { QUICK } from '../../registry/made-up.ts'

/**
 * Reads a study in a process that may be killed at any moment: prints each read before it is submitted, and again once
 * the submission has returned. What it has compiled goes to the disk first, since a killed process leaves no cache.
 */
flushCompileCache()
const [workspace, studyId, loginName, password] = process.argv.slice(2) as [string, string, string, string]
const access = WorkspaceAccess.open({ workspace, parameters: QUICK })
await access.signIn(loginName, password)
const reading = new Reading(access, { id: randomUUID() })
for (;;) {
  const step = reading.nextStep(studyId)
  if (step.kind !== 'read') break
  const { readId } = step
  process.stdout.write(`shown ${readId}\n`)
  const saved = { answers: { confidence: 50, call: 'no' }, activeMs: 10, awayMs: 0 }
  reading.saveAnswers(studyId, readId, saved)
  reading.submit(studyId, readId, { ...saved, answers: { ...saved.answers, seen: 'no' }, tools: {} })
  process.stdout.write(`submitted ${readId}\n`)
}
process.stdout.write('done\n')
