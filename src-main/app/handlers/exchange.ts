import type { ExchangeState } from '../../../src-preload/contract/exchange.ts'
import { publicKeyPem, workspaceIdentity } from '../../registry/audit/signing-key.ts'
import { memorySource } from '../../registry/exchange/bundle/byte-source.ts'
import { writeBundle } from '../../registry/exchange/bundle/write-bundle.ts'
import { countConflicts, listConflicts } from '../../registry/exchange/conflicts.ts'
import { decide } from '../../registry/exchange/decide.ts'
import { importBundle } from '../../registry/exchange/import-bundle.ts'
import { fingerprintText, listPartners } from '../../registry/exchange/partners.ts'
import type { Emit, Handlers } from '../dispatch.ts'
import { exportRegistry } from '../exports/open/export-registry.ts'
import type { ExportProgress } from '../exports/open/write-export.ts'
import { describePack } from '../describe-pack.ts'
import { describeConflict } from '../exchange/describe-conflict.ts'
import { isoTime } from '../recordings/recording-entry.ts'
import { RunningJobs } from '../running-jobs.ts'
import type { Services } from '../services.ts'

type Channels = Extract<keyof Handlers, `exchange:${string}`>

/** Conflicts shown at a time; the next come up as these are decided. */
const SHOWN = 50

/** `exchange:*` — registries of several computers made one, by bundles that travel on a USB stick. */
export function exchangeHandlers(services: Services, emit: Emit): Pick<Handlers, Channels> {
  const { access, version } = services
  const openExports = new RunningJobs<'open'>({
    code: 'export/running',
    message: 'An export is under way already. Wait until it is finished, or cancel it.',
  })

  function describe(): ExchangeState {
    const { db } = access.registry()
    return {
      workspace: fingerprintText(workspaceIdentity(publicKeyPem(db))),
      partners: listPartners(db).map(({ workspace, trustedMs }) => ({
        workspace: fingerprintText(workspace),
        trustedAt: isoTime(trustedMs),
      })),
      conflicts: listConflicts(db, SHOWN).map((conflict) => describeConflict(db, conflict)),
      conflictCount: countConflicts(db),
    }
  }

  return {
    'exchange:describe': describe,
    async 'exchange:export-bundle'({ passphrase }) {
      const by = access.actor()
      const { registry, release } = access.holdOpen()
      try {
        const parts: Uint8Array[] = []
        const report = await writeBundle(registry, by, { passphrase, application: version }, (part) => parts.push(part))
        const day = report.madeAt.slice(0, 10)
        const name = `cardionets-${report.workspace.slice(0, 8)}-${day}.cardionets-bundle`
        return { name, bytes: new Uint8Array(Buffer.concat(parts)), rows: { ...report.rows } }
      } finally {
        release()
      }
    },
    async 'exchange:import-bundle'({ file, passphrase, trusted }) {
      const by = access.actor()
      const { registry, release } = access.holdOpen()
      try {
        const { workspace, ...report } = await importBundle(registry, by, memorySource(file), passphrase, trusted)
        return { workspace: fingerprintText(workspace), ...report }
      } finally {
        release()
      }
    },
    async 'exchange:export-open'({ folder, language }) {
      const pack = (await services.packError()) ? null : describePack(await services.engine())
      const words = { application: version, pack, language }
      const tell = (progress: ExportProgress): void => emit('exchange:open-progress', progress)
      const report = await openExports.run('open', (signal) => exportRegistry(access, folder, words, { tell, signal }))
      const { rows, withoutWfdb, withoutReport } = report
      return { ...report, rows: { ...rows }, withoutWfdb: [...withoutWfdb], withoutReport: [...withoutReport] }
    },
    'exchange:cancel-open': () => openExports.cancel('open'),
    'exchange:decide'({ id, side, fields, reason }) {
      const person = { ...access.actor(), isReviewer: access.holdsOne(['reviewer']) }
      decide(access.registry(), person, id, { side, fields, reason })
      return describe()
    },
  }
}
