import type { ProviderReport } from '../../src-preload/contract/index.ts'
import type { Provider } from '../../src-preload/contract/screening.ts'
import type { SpawnChild } from '../app/child-process.ts'
import type { TrustedKey } from './pack/keys.ts'
import type { FromInference, ToInference } from './process/messages.ts'

/** Silence after which a driver counts as stuck. A software GPU needs long for one run. */
const STALL_MS = 60_000

/** The providers that onnxruntime-node can have on a platform. */
export function providersOf(platform: NodeJS.Platform): Provider[] {
  const gpu: Partial<Record<NodeJS.Platform, Provider[]>> = {
    linux: ['webgpu', 'cuda'],
    win32: ['webgpu', 'dml'],
    darwin: ['webgpu', 'coreml'],
  }
  return ['cpu', ...(gpu[platform] ?? [])]
}

/**
 * Tries each provider in a process of its own, one after the other: some drivers end the process that asks for them.
 */
export async function examineProviders(
  spawn: SpawnChild,
  packDir: string,
  trustedKeys: readonly TrustedKey[],
): Promise<ProviderReport[]> {
  const reports: ProviderReport[] = []
  for (const provider of providersOf(process.platform)) {
    reports.push(await examineOne(spawn, { type: 'examine', packDir, trustedKeys, provider }))
  }
  return reports
}

function examineOne(spawn: SpawnChild, request: Extract<ToInference, { type: 'examine' }>): Promise<ProviderReport> {
  const { promise, resolve } = Promise.withResolvers<ProviderReport>()
  const child = spawn('inference')
  const give = (message: string): void =>
    finish({ provider: request.provider, available: false, parity: null, screeningMs: null, message })
  const watch = (): NodeJS.Timeout => setTimeout(() => give('Its driver does not answer.'), STALL_MS)
  let stall = watch()
  const finish = (report: ProviderReport): void => {
    clearTimeout(stall)
    resolve(report)
    child.kill()
  }
  child.onMessage((raw) => {
    const message = raw as FromInference
    if (message.type === 'examined') return finish(message.report)
    clearTimeout(stall)
    stall = watch()
  })
  child.onExit(() => give('Its driver ended the process.'))
  child.post(request)
  return promise
}
