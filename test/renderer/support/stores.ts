import { createPinia, setActivePinia } from 'pinia'
import { vi } from 'vitest'
import type { AppDescription, RecordingEntry } from '@/contract.ts'
import { stubApi, type Answers } from './stub-api.ts'

export const pack = { samplers: ['ddim25'], trained: true } as unknown as NonNullable<AppDescription['pack']>

export const screeningOf = (entry: RecordingEntry) =>
  ({ provider: 'cpu', ecg: entry.ecg }) as NonNullable<RecordingEntry['screening']>

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
  const api = stubApi(answers)
  const { useApplicationStore } = await import('@/stores/application.ts')
  const { useRecordingsStore } = await import('@/stores/recordings.ts')
  const { useScreeningStore } = await import('@/stores/screening.ts')
  const { useImportsStore } = await import('@/stores/imports.ts')
  const { useCinesStore } = await import('@/stores/cines.ts')
  const application = useApplicationStore()
  application.description = { pack } as AppDescription
  return {
    api,
    application,
    recordings: useRecordingsStore(),
    screening: useScreeningStore(),
    imports: useImportsStore(),
    cines: useCinesStore(),
  }
}
