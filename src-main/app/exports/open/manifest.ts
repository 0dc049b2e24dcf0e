import { z } from 'zod'
import { canonicalJson } from '../../../registry/canonical-json.ts'
import { AuditHead } from '../../../registry/audit/head.ts'

export const EXPORT_FORMAT = 'cardionets-export/1'
export const MANIFEST_FILE = 'manifest.json'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** Every file of an export with its size and hash, the signed end of the audit trail, and a signature over all. */
export const ExportManifest = z.strictObject({
  format: z.literal(EXPORT_FORMAT),
  madeAt: z.iso.datetime(),
  application: z.string(),
  schema: z.int().positive(),
  workspace: z.string().regex(/^[0-9a-f]{32}$/),
  publicKey: z.string(),
  rows: z.record(z.string(), z.int().min(0)),
  /** Path with forward slashes, bytes, SHA-256. */
  files: z.array(z.tuple([z.string().regex(/^[a-z_]+(\/[0-9a-z_-]+)*(\.[a-z0-9-]+)*$/), z.int().min(0), Sha256])),
  head: AuditHead,
  signature: z.string(),
})
export type ExportManifest = z.infer<typeof ExportManifest>

/** What the workspace signs. */
export const signedManifest = (manifest: Omit<ExportManifest, 'signature'>): string =>
  canonicalJson({ purpose: 'cardionets/export/v1', ...manifest })

/** Where the exact content of a blob lies. */
export const contentPath = (sha256: string): string => `files/${sha256.slice(0, 2)}/${sha256}`
