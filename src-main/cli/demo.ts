import { openWorkspace } from '../app/workspace.ts'
import { makeDemonstration } from '../registry/demonstration/make-demonstration.ts'
import { ExitCode, parseArguments, UsageError, wholeNumber } from './arguments.ts'

const MAX_PATIENTS = 10_000_000

/** `cardionets demo --patients N --seed S --workspace DIR` */
export async function demo(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    patients: { type: 'string', default: '200' },
    seed: { type: 'string', default: '0' },
    workspace: { type: 'string' },
  })
  if (positionals.length > 0) throw new UsageError(`"demo" takes no file; got "${positionals[0]}".`)
  if (values.workspace === undefined) throw new UsageError('--workspace DIR is missing: an empty or a new folder.')
  const patients = wholeNumber('patients', values.patients, 1, MAX_PATIENTS)
  const seed = wholeNumber('seed', values.seed, 0, 0xffffffff)
  const workspace = openWorkspace(values.workspace)
  const made = await makeDemonstration({ workspace, patients, seed }, (done) => {
    if (patients > 10_000) process.stderr.write(`\r${done} of ${patients} patients`)
  })
  if (patients > 10_000) process.stderr.write('\n')
  console.log(JSON.stringify({ workspace, ...made }))
  return ExitCode.done
}
