import { createHash } from 'node:crypto'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { ModelManifest } from '../../../src-preload/contract/manifest.ts'
import type { PackIdentity } from '../../../src-preload/contract/screening.ts'
import { APP_VERSION } from '../../app/version.ts'
import { PINNED_KEYS } from '../pinned-keys.ts'
import { decodeBase64, verifiesPack, type TrustedKey } from './keys.ts'
import { scanGraph } from './onnx-scan.ts'
import { diskReader, type PackReader } from './pack-reader.ts'
import { parseManifest } from './parse-manifest.ts'

/** A pack whose every byte was checked. `files` holds the very bytes that were hashed; nothing is read again. */
export interface VerifiedPack {
  readonly manifest: ModelManifest
  readonly identity: PackIdentity
  /** The key that signed it. */
  readonly key: TrustedKey
  /** By file name. Who has made a session of a graph may delete its bytes. */
  readonly files: Map<string, Uint8Array>
}

export interface LoadPackOptions {
  /** Keys trusted besides the pinned ones. */
  trustedKeys?: readonly TrustedKey[]
  reader?: PackReader
  appVersion?: string
}

const MAX_MANIFEST_BYTES = 2 ** 20
const MAX_SIGNATURE_BYTES = 256
const SIGNATURE_BYTES = 64

/**
 * Reads and verifies a model pack: signature before anything is parsed, then the manifest, then the size and SHA-256 of
 * every file, then the graphs themselves. Nothing here runs a graph.
 *
 * @param dir the pack's folder
 * @throws AppError `pack/missing`, `pack/signature-missing`, `pack/signature-invalid`, `pack/key-unknown`,
 *   `pack/manifest-invalid`, `pack/schema-newer`, `pack/app-too-old`, `pack/file-unlisted`, `pack/hash-mismatch`,
 *   `pack/graph-malformed`, `pack/external-data`, `pack/operator-domain`, `pack/operator-unknown`, `pack/shape-mismatch`
 */
export async function loadPack(dir: string, options: LoadPackOptions = {}): Promise<VerifiedPack> {
  const reader = options.reader ?? diskReader(dir)
  const names = await reader.list()
  if (!names.includes('manifest.json')) {
    throw new AppError('pack/missing', `There is no model pack in ${dir}: manifest.json is absent. Check the path.`)
  }
  const manifestBytes = await reader.read('manifest.json', MAX_MANIFEST_BYTES)
  const key = await checkSignature(reader, names, manifestBytes, [...PINNED_KEYS, ...(options.trustedKeys ?? [])])
  const manifest = parseManifest(manifestBytes, options.appVersion ?? APP_VERSION)
  const files = await readFiles(reader, names, manifest)
  for (const graph of Object.values(manifest.graphs)) scanGraph(files.get(graph.file)!, graph)
  const { id, version, trained } = manifest
  return { manifest, identity: { id, version, trained, sha256: sha256(manifestBytes) }, key, files }
}

async function checkSignature(
  reader: PackReader,
  names: readonly string[],
  manifest: Uint8Array,
  keys: readonly TrustedKey[],
): Promise<TrustedKey> {
  if (!names.includes('manifest.sig')) {
    throw new AppError(
      'pack/signature-missing',
      'The model pack is not signed: manifest.sig is absent. Get the pack again.',
    )
  }
  const text = Buffer.from(await reader.read('manifest.sig', MAX_SIGNATURE_BYTES)).toString('latin1')
  const signature = decodeBase64(text.trim(), SIGNATURE_BYTES)
  if (!signature) {
    throw new AppError(
      'pack/signature-invalid',
      'manifest.sig of the model pack is no Ed25519 signature (one line of base64 that holds 64 bytes). Get the pack again.',
    )
  }
  if (keys.length === 0) {
    throw new AppError(
      'pack/key-unknown',
      "No key is trusted here, so no pack can be accepted. Compare the fingerprint of the maker's key and trust it (--trust FILE.pub).",
    )
  }
  const signer = keys.find((key) => verifiesPack(key, manifest, signature))
  if (!signer) {
    const known = keys.map(({ keyId }) => keyId.slice(0, 16)).join(', ')
    throw new AppError(
      'pack/signature-invalid',
      `The model pack was changed after it was signed, or signed with a key that is not trusted here (trusted: ${known}…). Get the pack again; for a site's own pack compare its key's fingerprint and trust it (--trust FILE.pub).`,
    )
  }
  return signer
}

async function readFiles(
  reader: PackReader,
  names: readonly string[],
  manifest: ModelManifest,
): Promise<Map<string, Uint8Array>> {
  const listed = new Set(['manifest.json', 'manifest.sig', ...manifest.files.map(({ path }) => path)])
  const unlisted = names.filter((name) => !listed.has(name))
  if (unlisted.length > 0) {
    throw new AppError(
      'pack/file-unlisted',
      `The model pack holds ${unlisted.slice(0, 3).join(', ')}, which its manifest does not list. Remove it or get the pack again.`,
    )
  }
  const files = new Map<string, Uint8Array>()
  for (const { path, sha256: expected, bytes: size } of manifest.files) {
    if (!names.includes(path)) {
      throw new AppError('pack/missing', `The model pack lacks the file ${path}. Get the pack again.`)
    }
    const bytes = await reader.read(path, size)
    if (bytes.length !== size || sha256(bytes) !== expected) {
      throw new AppError(
        'pack/hash-mismatch',
        `${path} of the model pack is not the file that was signed: its size or SHA-256 differs. Get the pack again.`,
      )
    }
    files.set(path, bytes)
  }
  return files
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
