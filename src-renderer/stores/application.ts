import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { call, toErrorReply } from '../api.ts'
import type { AppDescription, ErrorReply, Provider, ProviderChoice, ProviderReport } from '../contract.ts'
import { saveFile } from '../save-file.ts'
import { readSetting, writeSetting } from './settings-storage.ts'

export const PROVIDER_CHOICES: readonly ProviderChoice[] = ['auto', 'cpu', 'webgpu', 'dml', 'cuda', 'coreml']

/** What the application says about itself: version, model pack, providers. */
export const useApplicationStore = defineStore('application', () => {
  const description = shallowRef<AppDescription | null>(null)
  const loading = shallowRef(false)
  const error = shallowRef<ErrorReply | null>(null)
  /** Something that must not happen: shown, never hidden in a console. */
  const defect = shallowRef<ErrorReply | null>(null)
  const providerChoice = shallowRef<ProviderChoice>(readSetting('provider', PROVIDER_CHOICES) ?? 'auto')
  const lastProvider = shallowRef<Provider | null>(null)
  const reports = shallowRef<readonly ProviderReport[] | null>(null)
  const examining = shallowRef(false)

  const pack = computed(() => description.value?.pack ?? null)
  const untrained = computed(() => pack.value !== null && !pack.value.trained)

  async function load(): Promise<void> {
    loading.value = true
    error.value = null
    try {
      description.value = await call('app:describe', undefined)
    } catch (problem) {
      error.value = toErrorReply(problem)
    } finally {
      loading.value = false
    }
    if (providerChoice.value !== 'auto') await chooseProvider(providerChoice.value).catch(() => chooseProvider('auto'))
  }

  /** @throws AppError where main refuses the provider; the choice then stays as it was */
  async function chooseProvider(choice: ProviderChoice): Promise<void> {
    await call('models:choose-provider', { provider: choice })
    providerChoice.value = choice
    writeSetting('provider', choice)
  }

  /** @throws AppError */
  async function examineProviders(): Promise<void> {
    examining.value = true
    try {
      reports.value = await call('models:examine-providers', undefined)
    } finally {
      examining.value = false
    }
  }

  /** What helps somebody else to find a fault here; nothing of a patient is in it. @throws AppError */
  async function saveSupportFile(): Promise<void> {
    const { fileName, text } = await call('support:make-bundle', undefined)
    await saveFile(fileName, text)
  }

  function reportDefect(problem: unknown): void {
    defect.value = toErrorReply(problem)
  }

  return {
    description,
    loading,
    error,
    defect,
    providerChoice,
    lastProvider,
    reports,
    examining,
    pack,
    untrained,
    load,
    chooseProvider,
    examineProviders,
    saveSupportFile,
    reportDefect,
  }
})
