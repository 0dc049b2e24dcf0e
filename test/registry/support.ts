import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { afterEach } from 'vitest'
import { WorkspaceAccess } from '../../src-main/registry/access/workspace-access.ts'
import type { RegistryEnvironment } from '../../src-main/registry/environment.ts'
import { ADMINISTRATOR, QUICK } from './made-up.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** In memory where there is such a place: these tests are about what is asked of a disk, not about how long it takes. */
const BASE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(BASE, 'cardionets-registry-'))
  folders.push(folder)
  return folder
}

export interface TestClock extends RegistryEnvironment {
  /** The clock on the wall, which people may set. */
  wallMs: number
  offsetMinutes: number
  /** The clock that nobody can set. */
  runMs: number
}

export function testClock(): TestClock {
  const clock: TestClock = {
    wallMs: Date.UTC(2026, 0, 5, 8),
    offsetMinutes: 480,
    runMs: 0,
    now: () => ({ utcMs: clock.wallMs, offsetMinutes: clock.offsetMinutes }),
    offsetMinutesAt: () => clock.offsetMinutes,
    monotonicMs: () => clock.runMs,
    randomBytes: (length) => randomBytes(length),
  }
  return clock
}

/** A workspace with a registry whose administrator, who is operator and reviewer too, is signed in. */
export async function newWorkspace(environment: RegistryEnvironment = testClock()) {
  const workspace = temporaryFolder()
  const access = WorkspaceAccess.open({ workspace, environment, parameters: QUICK })
  const { recoveryCode } = await access.create(ADMINISTRATOR, { roles: ['administrator', 'operator', 'reviewer'] })
  return { workspace, access, registry: access.registry(), by: access.actor(), recoveryCode }
}

export { newRecordingOf as newRecording } from './new-recording.ts'
export { ADMINISTRATOR, patientFields, QUICK } from './made-up.ts'
