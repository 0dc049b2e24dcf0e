import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ModelManifest } from '../../src-preload/contract/manifest.ts'
import { keyIdOf, type TrustedKey } from '../../src-main/inference/pack/keys.ts'
import { model } from './onnx-builder.ts'

export const REFERENCE_PACK = join(import.meta.dirname, '../../models/reference')

export interface KeyPair {
  trusted: TrustedKey
  pem: string
  privateKey: KeyObject
}

export function makeKey(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  return {
    trusted: { keyId: keyIdOf(raw), publicKeyBase64: raw.toString('base64'), purpose: 'site' },
    pem: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    privateKey,
  }
}

export const referenceManifest = (): ModelManifest =>
  ModelManifest.parse(JSON.parse(readFileSync(join(REFERENCE_PACK, 'manifest.json'), 'utf8')))

export type PackFiles = Map<string, Uint8Array>

export interface PackParts {
  key: KeyPair
  /** Changes the manifest before it is signed; file hashes are filled in afterwards. */
  change?: (manifest: ModelManifest) => unknown
  /** Replaces a file that the manifest lists, honestly hashed. */
  replace?: Readonly<Record<string, Uint8Array>>
}

/** A signed pack in memory: the reference pack's manifest over hand-spelled graphs that hold nothing to run. */
export function buildPack({ key, change = () => undefined, replace = {} }: PackParts): PackFiles {
  const manifest = referenceManifest()
  const files: PackFiles = new Map()
  for (const { file, opset, inputs, outputs } of Object.values(manifest.graphs)) {
    files.set(file, model({ opsets: [['', opset]], inputs, outputs }))
  }
  files.set('golden.json', Buffer.from('{"graphs":{}}'))
  for (const [name, content] of Object.entries(replace)) files.set(name, content)
  manifest.files = [...files].map(([path, content]) => ({ path, bytes: content.length, sha256: sha256(content) }))
  const changed = change(manifest) ?? manifest
  const manifestBytes = Buffer.from(JSON.stringify(changed))
  files.set('manifest.json', manifestBytes)
  files.set('manifest.sig', Buffer.from(signManifest(manifestBytes, key) + '\n'))
  return files
}

export function signManifest(manifest: Uint8Array, { privateKey }: KeyPair): string {
  const signed = Buffer.concat([Buffer.from('cardionets-pack-v1\n'), manifest])
  return sign(null, signed, privateKey).toString('base64')
}

/** Writes a pack into a new temporary folder and gives its path. */
export function writePack(files: PackFiles): string {
  const dir = mkdtempSync(join(tmpdir(), 'pack-'))
  for (const [name, content] of files) writeFileSync(join(dir, name), content)
  return dir
}

const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')
