import { availableParallelism, cpus, freemem, totalmem } from 'node:os'
import type { SiteSettings } from '../../../src-preload/contract/settings.ts'
import { schemaVersion } from '../../registry/migrate.ts'
import { readSiteSettings } from '../../registry/tables/site-settings.ts'
import type { Services } from '../services.ts'

/**
 * What helps somebody else to find a fault here. Only what is named below goes in: numbers, codes, versions; no name,
 * no identifier, no path, no free text that anybody typed.
 */
export async function supportBundle(services: Services): Promise<{ fileName: string; text: string }> {
  const { utcMs, offsetMinutes } = services.access.environment.now()
  const madeAt = new Date(utcMs).toISOString()
  const bundle = {
    format: 'cardionets-support/1',
    madeAt,
    offsetMinutes,
    version: services.version,
    entry: services.entry,
    computer: computer(),
    models: await models(services),
    registry: registry(services),
    log: services.logLines,
  }
  return { fileName: `cardionets-support-${madeAt.slice(0, 10)}.json`, text: `${JSON.stringify(bundle, null, 1)}\n` }
}

function computer(): object {
  const toMiB = (bytes: number): number => Math.round(bytes / 2 ** 20)
  return {
    platform: `${process.platform}-${process.arch}`,
    node: process.versions.node,
    electron: process.versions['electron'] ?? null,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryMiB: { total: toMiB(totalmem()), free: toMiB(freemem()), own: toMiB(process.memoryUsage.rss()) },
  }
}

/** The doctor's findings, or the code of the refusal where there is no usable pack. */
async function models(services: Services): Promise<object> {
  const refusal = await services.packError()
  if (refusal) return { refused: refusal.code }
  const { identity, key, runtimeVersion, examineProviders } = await services.engine()
  const providers = await examineProviders()
  return {
    pack: identity,
    keyId: key.keyId,
    keyPurpose: key.purpose,
    onnxruntime: runtimeVersion,
    providers: providers.map(({ provider, available, parity, screeningMs }) => ({
      provider,
      available,
      parity,
      screeningMs,
    })),
  }
}

function registry({ access }: Services): object {
  if (access.describe().state !== 'open') return { state: access.describe().state }
  const { db } = access.registry()
  const count = (table: string): number =>
    (db.prepare(`SELECT count(*) AS count FROM ${table}`).get() as { count: number }).count
  return {
    state: 'open',
    schema: schemaVersion(db),
    rows: Object.fromEntries(
      ['patient', 'recording', 'screening', 'person', 'audit'].map((name) => [name, count(name)]),
    ),
    settings: withoutFreeText(readSiteSettings(db)),
  }
}

function withoutFreeText({ siteName, prevalence, backupFolder, ...rest }: SiteSettings): object {
  const shares = Object.entries(prevalence).map(([disease, said]) => [disease, said?.share ?? null])
  return {
    ...rest,
    siteNamed: siteName !== '',
    prevalence: Object.fromEntries(shares),
    backupsElsewhere: backupFolder !== null,
  }
}
