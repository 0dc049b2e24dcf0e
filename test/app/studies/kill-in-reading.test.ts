import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src-main/reader-study/allocation/random-stream.ts'
import { brokenAt } from '../../../src-main/reader-study/reading/log.ts'
import { listLog } from '../../../src-main/registry/studies/study-log.ts'
import { listPlan, listReaders } from '../../../src-main/registry/studies/study-plan.ts'
import { LONG } from '../../reader-study/long.ts'
import { lockedStudy, PASSWORD, studiedWorkspace } from './studied-workspace.ts'

const KILLS = LONG ? 1000 : 6
/** Of one study, which has one sitting: the reader is done when every case of the stage is read. */
const CASES = LONG ? 400 : 40
const KILLS_A_STUDY = LONG ? 250 : 6
/** A kill falls within the first cases of a process, so that many fall into one study. */
const LATEST_KILL_MS = LONG ? 12 : 60
const CHILD = join(import.meta.dirname, 'reading-child.ts')
/** What the first child compiles, the next ones find: most of a start is compiling. */
const compiled = mkdtempSync(join(tmpdir(), 'cardionets-compiled-'))
afterAll(() => rmSync(compiled, { recursive: true, force: true }))

/** Runs the child until it is done or killed. @returns the lines that it printed whole */
async function run(args: readonly string[], killAfterMs: number | null): Promise<string[]> {
  const child = spawn(process.execPath, [CHILD, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  })
  let text = ''
  let timer: NodeJS.Timeout | undefined
  child.stdout.on('data', (part: Buffer) => {
    text += part.toString()
    // From the first case on, so that the kill falls into the reading and not into the start.
    if (killAfterMs !== null) timer ??= setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  })
  await new Promise((resolve) => child.on('close', resolve))
  clearTimeout(timer)
  return text.split('\n').slice(0, -1)
}

/** Reads one study through under kills, and looks at what is on the disk afterwards. @returns how often it was killed */
async function readUnderKills(random: RandomStream): Promise<number> {
  const workspace = await studiedWorkspace(1)
  // The child has the computer’s own clock, which must not lie before what was signed.
  workspace.clock.wallMs = Date.now()
  await workspace.signIn('coordinator')
  const { studyId } = await lockedStudy(workspace, CASES, {
    edit: (protocol) => ({ ...protocol, sitting: { ...protocol.sitting, maximumReads: 500 } }),
  })
  workspace.access().close()
  const args = [workspace.workspace, studyId, 'reader1', PASSWORD]
  const acknowledged: string[] = []
  let interrupted: string | null = null
  let kills = 0
  for (let done = false; !done;) {
    const lines = await run(args, kills < KILLS_A_STUDY ? random.below(LATEST_KILL_MS) : null)
    done = lines.at(-1) === 'done'
    if (!done) kills += 1
    const shown = lines.filter((line) => line.startsWith('shown ')).map((line) => line.slice(6))
    const submitted = lines.filter((line) => line.startsWith('submitted ')).map((line) => line.slice(10))
    // What was shown and not submitted comes first again, unless the submission was on the disk already.
    if (interrupted !== null && shown[0] !== interrupted) acknowledged.push(interrupted)
    interrupted = shown.length > submitted.length ? shown.at(-1)! : null
    acknowledged.push(...submitted)
  }

  workspace.restart()
  workspace.clock.wallMs = Date.now()
  await workspace.signIn('coordinator')
  const { db } = workspace.access().registry()
  const log = listLog(db, studyId, 1)
  const submitted = log.flatMap(({ body }) => (body.kind === 'submitted' ? [body.readId] : []))
  const plan = listPlan(db, studyId, 1).slice(0, CASES)
  expect(submitted).toEqual(plan.map((read) => read.readId))
  expect(acknowledged).toEqual(submitted)
  expect(brokenAt(log, listReaders(db, studyId)[0]!.publicKey)).toBeNull()
  workspace.access().close()
  return kills
}

describe('a reader whose computer is switched off in mid-reading, again and again', () => {
  it(`comes back to the same case: in ${KILLS} kills none is lost, none read twice, none skipped`, async () => {
    const random = new RandomStream(new Uint8Array(32), 'kills')
    let kills = 0
    // The short form is content with what its one study bears on a slow computer.
    do kills += await readUnderKills(random)
    while (LONG && kills < KILLS)
    expect(kills).toBeGreaterThanOrEqual(LONG ? KILLS : 4)
  }, 3_600_000)
})
