import { AppError } from '../../src-preload/contract/errors.ts'
import { openWorkspace } from '../app/workspace.ts'
import { addMadeUpRecordings } from '../app/demonstration/add-made-up-recordings.ts'
import { makeDemonstration, type DemonstrationUser } from '../registry/demonstration/make-demonstration.ts'
import { listPeople } from '../registry/tables/people.ts'
import { ExitCode, parseArguments, UsageError, wholeNumber } from './arguments.ts'
import { commandServices } from './command-services.ts'
import { progressOn } from './progress.ts'

const MAX_PATIENTS = 10_000_000
const MAX_RECORDINGS = 10_000

/** `cardionets demo --patients N --recordings M --seed S --workspace DIR` */
export async function demo(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    patients: { type: 'string', default: '200' },
    recordings: { type: 'string', default: '60' },
    seed: { type: 'string', default: '0' },
    workspace: { type: 'string' },
  })
  if (positionals.length > 0) throw new UsageError(`"demo" takes no file; got "${positionals[0]}".`)
  if (values.workspace === undefined) throw new UsageError('--workspace DIR is missing: an empty or a new folder.')
  const patients = wholeNumber('patients', values.patients, 1, MAX_PATIENTS)
  const recordings = wholeNumber('recordings', values.recordings, 0, MAX_RECORDINGS)
  const seed = wholeNumber('seed', values.seed, 0, 0xffffffff)
  const workspace = openWorkspace(values.workspace)
  const progress = progressOn(process.stderr)
  const made = await makeDemonstration({ workspace, patients, seed }, (done) => {
    if (patients > 10_000) progress.show(`${done} of ${patients} patients`)
  }).catch((error: unknown) => {
    throw isThere(error) ? notEmpty(values.workspace!) : error
  })
  progress.end()
  // Printed whatever comes after: the code in it is nowhere else.
  console.log(JSON.stringify({ workspace, ...made }))
  if (recordings > 0) await addRecordings(workspace, made.users, { seed, count: recordings, patients })
  return ExitCode.done
}

const isThere = (error: unknown): boolean => error instanceof AppError && error.code === 'registry/exists'

const notEmpty = (workspace: string): AppError =>
  new AppError(
    'registry/exists',
    `${workspace} has a registry already. Name an empty or a new folder; where an earlier "demo" was ended before it was done, delete that folder first.`,
  )

async function addRecordings(
  workspace: string,
  users: readonly DemonstrationUser[],
  order: { seed: number; count: number; patients: number },
): Promise<void> {
  const services = await commandServices({ provider: 'cpu' }, 'cli', workspace)
  try {
    const { access } = services
    const nurse = users.find(({ name }) => name === 'nurse')!
    await access.signIn(nurse.name, nurse.password)
    const doctor = listPeople(access.registry().db).find(({ loginName }) => loginName === 'doctor')!
    const by = { operator: access.actor(), reviewer: { id: doctor.id, name: doctor.displayName } }
    await addMadeUpRecordings(services, by, order)
  } finally {
    await services.close()
  }
}
