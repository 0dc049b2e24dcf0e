import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '../../src-preload/contract/index.ts'
import { openWorkspace } from '../app/workspace.ts'
import { WaitError } from '../registry/access/guess-limit.ts'
import { WorkspaceAccess } from '../registry/access/workspace-access.ts'
import { UsageError } from './arguments.ts'

/** The options of every command that opens a workspace. A password never stands in the arguments. */
export const workspaceOptions = {
  workspace: { type: 'string' },
  user: { type: 'string' },
  'password-stdin': { type: 'boolean', default: false },
} as const

export interface WorkspaceValues {
  workspace?: string | undefined
  user?: string | undefined
  'password-stdin': boolean
}

export interface Credentials {
  readonly workspace: string
  readonly user: string
  readonly password: string
}

/** The first line of stdin is the password; the rest belongs to the command. @throws UsageError */
export async function readCredentials(values: WorkspaceValues, stdin: Lines = wholeInput()): Promise<Credentials> {
  if (values.workspace === undefined) throw new UsageError('--workspace DIR is missing.')
  if (values.user === undefined) throw new UsageError('--user NAME is missing.')
  if (!values['password-stdin']) {
    throw new UsageError('--password-stdin is missing: the password is the first line of the standard input.')
  }
  const password = await stdin.first()
  if (password === undefined) throw new UsageError('The standard input holds no password.')
  return { workspace: openWorkspace(values.workspace), user: values.user, password }
}

export interface Lines {
  first(): Promise<string | undefined>
}

/** Opens a workspace's registry for one person; waits out the delay that earlier wrong passwords brought. */
export async function signInTo(credentials: Credentials): Promise<WorkspaceAccess> {
  const access = WorkspaceAccess.open({ workspace: credentials.workspace })
  try {
    await patiently(() => access.signIn(credentials.user, credentials.password))
    return access
  } catch (error) {
    access.close()
    throw error
  }
}

/** A new process cannot know how much of a delay has passed, so it waits all of it before it tries. */
export async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt()
  } catch (error) {
    if (!(error instanceof WaitError)) throw error
    console.error(`cardionets: ${error.message} Waiting …`)
    await wait(error.waitMs)
    return attempt()
  }
}

/** @throws AppError `access/forbidden` */
export function requireRole(access: WorkspaceAccess, role: 'administrator' | 'operator'): void {
  if (access.holdsOne([role])) return
  throw new AppError('access/forbidden', `This command needs the role ${role}. Ask an administrator.`)
}

function wholeInput(): Lines {
  return { first: async () => (await text(process.stdin)).split(/\r?\n/, 1)[0] }
}
