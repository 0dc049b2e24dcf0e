import { createPinia, setActivePinia } from 'pinia'
import { vi } from 'vitest'
import type { AccessState, AppDescription, RecordingEntry } from '@/contract.ts'
import { stubApi, type Answers } from './stub-api.ts'

export const pack = { samplers: ['ddim25'], trained: true } as unknown as NonNullable<AppDescription['pack']>

/** A recording as main answers once it has been screened. */
export const screened = (entry: RecordingEntry): RecordingEntry => ({
  ...entry,
  screening: { provider: 'cpu', ecg: entry.ecg } as NonNullable<RecordingEntry['screening']>,
})

/** Somebody who may do everything is signed in. */
export const signedIn: AccessState = {
  state: 'open',
  person: {
    id: '0198c6a0-0000-7000-8000-000000000001',
    loginName: 'test',
    displayName: 'Test Physician',
    roles: ['administrator', 'operator', 'reviewer'],
  },
  lockedPerson: null,
  idleLockMinutes: 10,
  viewOnly: false,
  demonstration: false,
}

export const locked: AccessState = { ...signedIn, state: 'locked', person: null, lockedPerson: signedIn.person }

export const refusal = (code: string) => Object.assign(new Error('found; do'), { code })

/** The connection is made once a window; each test has a window of its own. */
export function closeWindow(): void {
  vi.resetModules()
  vi.unstubAllGlobals()
  localStorage.clear()
  setActivePinia(createPinia())
}

/** Every store of a fresh window over a stand-in of main. */
export async function openStores(answers: Answers) {
  const api = stubApi({
    'worklist:query': () => ({ total: 0, rows: [] }),
    'worklist:count': () => ({ all: 0, today: 0, unassigned: 0, unscreened: 0, waiting: 0, positive: 0, refused: 0 }),
    ...answers,
  })
  const { useApplicationStore } = await import('@/stores/application.ts')
  const { useRecordingsStore } = await import('@/stores/recordings.ts')
  const { useScreeningStore } = await import('@/stores/screening.ts')
  const { useImportsStore } = await import('@/stores/imports.ts')
  const { useCinesStore } = await import('@/stores/cines.ts')
  const { useSessionStore } = await import('@/stores/session.ts')
  const { useWorklistStore } = await import('@/stores/worklist.ts')
  const { usePatientsStore } = await import('@/stores/patients.ts')
  const application = useApplicationStore()
  const session = useSessionStore()
  session.access = signedIn
  application.description = { pack } as AppDescription
  return {
    api,
    application,
    session,
    worklist: useWorklistStore(),
    patients: usePatientsStore(),
    recordings: useRecordingsStore(),
    screening: useScreeningStore(),
    imports: useImportsStore(),
    cines: useCinesStore(),
  }
}
