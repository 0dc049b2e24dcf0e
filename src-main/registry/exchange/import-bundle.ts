import { setImmediate as turn } from 'node:timers/promises'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { publicKeyPem, workspaceIdentity } from '../audit/signing-key.ts'
import type { StoredBlob } from '../blobs/blob-store.ts'
import { schemaVersion } from '../migrate.ts'
import type { Actor, Registry } from '../registry.ts'
import type { ByteSource } from './bundle/byte-source.ts'
import { openBundle, type OpenBundle } from './bundle/read-bundle.ts'
import { findPartner, fingerprintText, trustPartner } from './partners.ts'
import { takePacket } from './take-packet.ts'
import { emptyTally, type Tally } from './taking.ts'

export interface BundleImport {
  readonly workspace: string
  readonly madeAt: string
  readonly tally: Tally
}

/**
 * Takes over what a bundle holds and this registry does not. The whole bundle is proved first; then each patient with
 * everything of the patient is one transaction, so that whatever stops it leaves whole patients, and importing the
 * bundle again goes on.
 *
 * @param trusted  the fingerprint of a sender that somebody compared with what the other computer shows
 * @throws AppError `bundle/…`, `registry/…`
 */
export async function importBundle(
  registry: Registry,
  by: Actor,
  source: ByteSource,
  passphrase: string,
  trusted: string | null,
): Promise<BundleImport> {
  const bundle = await openBundle(source, passphrase)
  admit(registry, by, bundle, trusted)
  const { workspace } = bundle.header
  const from = { workspace, own: workspaceIdentity(publicKeyPem(registry.db)) }
  const total = emptyTally()
  for (const { packet, contents } of bundle.packets()) {
    const blobs = new Map<string, StoredBlob>()
    for (const [sha256, content] of contents) blobs.set(sha256, registry.blobs.put(content))
    const tally = takePacket(registry, by, from, packet, blobs)
    if (tally) add(total, tally)
    await turn()
  }
  const { madeAt } = bundle.start
  registry.change(by, (change) =>
    change.audit({
      action: 'exchange:import-bundle',
      kind: 'workspace',
      id: workspace,
      after: { madeAt, contentSha256: bundle.end.contentSha256, head: bundle.end.head, ...total },
    }),
  )
  return { workspace, madeAt, tally: total }
}

/** @throws AppError `bundle/own`, `bundle/newer`, `bundle/unknown-sender` */
function admit(registry: Registry, by: Actor, { header, start }: OpenBundle, trusted: string | null): void {
  const { db } = registry
  const { workspace, publicKey } = header
  if (workspace === workspaceIdentity(publicKeyPem(db))) {
    throw new AppError('bundle/own', 'This bundle was made by this very workspace. Import it on the other computer.')
  }
  if (start.schema > schemaVersion(db)) {
    throw new AppError(
      'bundle/newer',
      `The bundle was made by a newer version (${start.application}). Update CardioNets here first.`,
    )
  }
  if (findPartner(db, workspace)) return
  if (trusted?.replaceAll(/[^0-9a-f]/gi, '').toLowerCase() !== workspace) {
    throw new AppError(
      'bundle/unknown-sender',
      `The bundle comes from a workspace that is not known here: ${fingerprintText(workspace)}. Compare this ` +
        'fingerprint with the one that the other computer shows, and confirm it.',
    )
  }
  registry.change(by, (change) => trustPartner(change, workspace, publicKey))
}

function add(total: Tally, more: Tally): void {
  for (const part of ['added', 'updated', 'conflicts'] as const) {
    const counts = total[part] as Record<string, number>
    for (const [name, count] of Object.entries(more[part])) counts[name] = (counts[name] ?? 0) + count
  }
}
