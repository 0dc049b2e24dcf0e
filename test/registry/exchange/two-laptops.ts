import { randomInt } from 'node:crypto'
import { memorySource } from '../../../src-main/registry/exchange/bundle/byte-source.ts'
import { writeBundle } from '../../../src-main/registry/exchange/bundle/write-bundle.ts'
import { importBundle } from '../../../src-main/registry/exchange/import-bundle.ts'
import { readPackets } from '../../../src-main/registry/exchange/read-packets.ts'
import { addAttachment } from '../../../src-main/registry/tables/attachments.ts'
import { createPatient, getPatient, updatePatient } from '../../../src-main/registry/tables/patients.ts'
import type { PatientFields } from '../../../src-main/registry/tables/patients.ts'
import { storeRecording } from '../../../src-main/registry/tables/recordings.ts'
import { reviewScreening, signScreening } from '../../../src-main/registry/tables/reviews.ts'
import { addScreening } from '../../../src-main/registry/tables/screenings.ts'
import { publicKeyPem, workspaceIdentity } from '../../../src-main/registry/audit/signing-key.ts'
import { newRecording, newWorkspace, patientFields, QUICK } from '../support.ts'
import { madeUpResult } from './made-up-result.ts'

export type Laptop = Awaited<ReturnType<typeof newWorkspace>>
export const PASSPHRASE = 'a stick in a drawer'

export async function bundleOf({ registry, by }: Laptop, passphrase = PASSPHRASE): Promise<Buffer> {
  const parts: Uint8Array[] = []
  await writeBundle(registry, by, { passphrase, application: 'test', parameters: QUICK }, (part) => parts.push(part))
  return Buffer.concat(parts)
}

export async function take(into: Laptop, bytes: Uint8Array, passphrase = PASSPHRASE, trusted = senderOf(bytes)) {
  return importBundle(into.registry, into.by, memorySource(bytes), passphrase, trusted)
}

/** What the other laptop would show: the header names the workspace. */
const senderOf = (bytes: Uint8Array): string =>
  /"workspace":"([0-9a-f]{32})"/.exec(Buffer.from(bytes).toString('latin1'))?.[1] ?? ''

export async function carry(from: Laptop, to: Laptop) {
  return take(to, await bundleOf(from))
}

export function addPatient({ registry, by }: Laptop, overrides: Partial<PatientFields> = {}) {
  return registry.change(by, (change) => createPatient(change, patientFields(overrides)))
}

export function changePatient({ registry, by }: Laptop, id: string, fields: Partial<PatientFields>) {
  return registry.change(by, (change) => {
    const { id: _, createdMs, updatedMs, revision, mergedInto, ...present } = getPatient(change.db, id)
    void [_, createdMs, updatedMs, mergedInto]
    return updatePatient(change, id, revision, { ...present, ...fields })
  })
}

/** A screening of a recording, reviewed and signed. */
export function addReviewed(
  { registry, by }: Laptop,
  recordingId: string,
  conclusion: string,
  screening = madeUpResult(recordingId),
): string {
  return registry.change(by, (change) => {
    const screeningId = addScreening(change, screening)
    reviewScreening(change, screeningId, { agreement: 'agree', conclusion })
    signScreening(change, screeningId)
    return screeningId
  })
}

/** A recording with a signed screening and a file attached. */
export function addWork(laptop: Laptop, patientId: string | null, content: string) {
  const { registry, by } = laptop
  const recording = newRecording(registry, content, { patientId })
  const blob = registry.blobs.put(Buffer.from(`report of ${content}`))
  const { id: recordingId } = registry.change(by, (change) => storeRecording(change, recording))
  const screeningId = addReviewed(laptop, recordingId, `seen: ${content}`)
  registry.change(by, (change) => {
    const owner = { patientId, recordingId, screeningId: null }
    addAttachment(change, { ...owner, kind: 'report', name: 'a.pdf', mediaType: 'application/pdf', details: {}, blob })
  })
  return { recordingId, screeningId }
}

/** All that travels, in an order of its own and without what belongs to one file; equal where registries are equal. */
export function contentOf({ registry }: Laptop): unknown {
  const own = workspaceIdentity(publicKeyPem(registry.db))
  const rows: string[] = []
  for (const { packet } of readPackets(registry.db, registry.blobs, own)) {
    for (const [table, some] of Object.entries(packet.rows)) {
      for (const row of some) rows.push(`${table} ${JSON.stringify(row)}`)
    }
  }
  return rows.sort()
}

/** Every row of every table but the trail. */
export function everything({ registry }: Laptop): unknown {
  const names = registry.db
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'audit' AND name NOT LIKE 'sqlite_%'`)
    .all() as { name: string }[]
  return names.map(({ name }) => [name, registry.db.prepare(`SELECT * FROM ${name}`).all()])
}

export const anywhere = (bytes: Uint8Array): number => randomInt(bytes.length)
