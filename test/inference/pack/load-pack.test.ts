import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { ModelManifest } from '../../../src-preload/contract/manifest.ts'
import { loadPack } from '../../../src-main/inference/pack/load-pack.ts'
import type { PackReader } from '../../../src-main/inference/pack/pack-reader.ts'
import { bytes, model, tensor, text } from '../onnx-builder.ts'
import {
  buildPack,
  makeKey,
  REFERENCE_PACK,
  referenceManifest,
  signManifest,
  writePack,
  type PackFiles,
} from '../pack-builder.ts'

const key = makeKey()
const stranger = makeKey()

function readerOf(files: PackFiles): PackReader & { reads: string[] } {
  const reads: string[] = []
  return {
    reads,
    list: async () => [...files.keys()],
    async read(name) {
      reads.push(name)
      return Uint8Array.from(files.get(name)!)
    },
  }
}

const load = (files: PackFiles, trustedKeys = [key.trusted]) =>
  loadPack('pack', { trustedKeys, reader: readerOf(files), appVersion: '1.2.3' })

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
    return 'accepted'
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    // Every refusal says what was found and what to do: two sentences.
    expect(error.message).toMatch(/\. [A-Z].*\.$|\(--trust FILE\.pub\)\.$/s)
    return error.code
  }
}

const changed = (change: (manifest: ModelManifest) => unknown): PackFiles => buildPack({ key, change })

describe('a pack', () => {
  it('is accepted when a trusted key signed it, and tells who did', async () => {
    const pack = await load(buildPack({ key }), [stranger.trusted, key.trusted])
    expect(pack.key).toEqual(key.trusted)
    expect(pack.identity).toMatchObject({ id: 'cardionets-reference-s', trained: referenceManifest().trained })
    expect(pack.identity.sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  it('that ships is accepted by the pinned keys alone', async () => {
    await expect(loadPack(REFERENCE_PACK)).resolves.toMatchObject({ manifest: { profile: 'S' } })
  })

  it('is read once, file by file, and runs on the very bytes that were hashed', async () => {
    const reader = readerOf(buildPack({ key }))
    const pack = await loadPack('pack', { trustedKeys: [key.trusted], reader })
    expect(reader.reads.toSorted()).toEqual((await reader.list()).toSorted())
    expect(reader.reads[0]).toBe('manifest.json')
    expect(pack.files.size).toBe(reader.reads.length - 2)
  })
})

describe('a signature', () => {
  it('of a key that is not trusted here is refused', async () => {
    expect(await codeOf(load(buildPack({ key: stranger })))).toBe('pack/signature-invalid')
  })

  it('that is absent is refused', async () => {
    const files = buildPack({ key })
    files.delete('manifest.sig')
    expect(await codeOf(load(files))).toBe('pack/signature-missing')
  })

  it.each([
    ['is no base64', 'not a signature'],
    ['is too short', Buffer.alloc(63).toString('base64')],
    ['is all zeros', Buffer.alloc(64).toString('base64')],
    ['hides characters that a lenient decoder skips', `${signManifest(Buffer.from('x'), key).slice(0, -2)}!==`],
  ])('that %s is refused', async (_, signature) => {
    const files = buildPack({ key })
    files.set('manifest.sig', Buffer.from(signature))
    expect(await codeOf(load(files))).toBe('pack/signature-invalid')
  })

  it('of the manifest alone, without the prefix that names its purpose, is refused', async () => {
    const files = buildPack({ key })
    const { sign } = await import('node:crypto')
    files.set('manifest.sig', Buffer.from(sign(null, files.get('manifest.json')!, key.privateKey).toString('base64')))
    expect(await codeOf(load(files))).toBe('pack/signature-invalid')
  })

  it('covers every byte of the manifest', async () => {
    const files = buildPack({ key })
    const manifest = Buffer.from(files.get('manifest.json')!)
    for (let position = 0; position < manifest.length; position += 37) {
      const bitten = Buffer.from(manifest)
      bitten[position]! ^= 1
      files.set('manifest.json', bitten)
      expect(await codeOf(load(files))).toBe('pack/signature-invalid')
    }
  })
})

describe('a manifest, though signed, is refused', () => {
  it.each<[string, (manifest: ModelManifest) => unknown, string]>([
    ['of a newer schema', (manifest) => ({ ...manifest, schema: 2 }), 'pack/schema-newer'],
    ['with an unknown field', (manifest) => ({ ...manifest, plugin: 'x' }), 'pack/manifest-invalid'],
    ['with 81 phenotypes', (manifest) => manifest.phenotypes.pop() && undefined, 'pack/manifest-invalid'],
    ['with phenotypes out of order', (manifest) => void manifest.phenotypes.reverse(), 'pack/manifest-invalid'],
    [
      'with one disease twice',
      (manifest) => void (manifest.diseases[1] = manifest.diseases[0]!),
      'pack/manifest-invalid',
    ],
    ['for a newer application', (manifest) => void (manifest.minimumAppVersion = '1.2.4'), 'pack/app-too-old'],
    ['without an encoder', (manifest) => void delete manifest.graphs['encoder-task'], 'pack/manifest-invalid'],
    [
      'without a sampler it promises',
      (manifest) => void delete manifest.graphs['denoise-ddpm100'],
      'pack/manifest-invalid',
    ],
    ['whose schedule leaves tokens out', (manifest) => void manifest.generator.schedule.pop(), 'pack/manifest-invalid'],
    [
      'with a path that leaves the folder',
      (manifest) => void (manifest.files[0]!.path = '../x.onnx'),
      'pack/manifest-invalid',
    ],
    ['that lists a file twice', (manifest) => void manifest.files.push(manifest.files[0]!), 'pack/manifest-invalid'],
    ['that lists itself', (manifest) => void (manifest.files[0]!.path = 'manifest.json'), 'pack/manifest-invalid'],
    [
      'whose encoder takes another ECG',
      (manifest) => void (manifest.graphs['encoder-task']!.inputs[0]!.shape = ['B', 12, 5000]),
      'pack/shape-mismatch',
    ],
    [
      'whose generator and denoiser differ in width',
      (manifest) => void (manifest.graphs['gen-step']!.outputs[0]!.shape = ['B', 'Q', 64]),
      'pack/shape-mismatch',
    ],
    [
      'whose isotonic curve falls',
      (manifest) =>
        void (manifest.diseases[0]!.calibration = { kind: 'isotonic', logits: [0, 1], probabilities: [0.5, 0.4] }),
      'pack/manifest-invalid',
    ],
  ])('%s', async (_, change, code) => expect(await codeOf(load(changed(change)))).toBe(code))

  it('that is no JSON', async () => {
    const files = buildPack({ key })
    const manifest = Buffer.from('{')
    files.set('manifest.json', manifest).set('manifest.sig', Buffer.from(signManifest(manifest, key)))
    expect(await codeOf(load(files))).toBe('pack/manifest-invalid')
  })

  it('unless it is for this very version', async () => {
    const files = changed((manifest) => void (manifest.minimumAppVersion = '1.2.3'))
    expect(await codeOf(load(files))).toBe('accepted')
  })
})

describe('a file of the pack', () => {
  it('with one flipped bit is refused, whichever file and bit', async () => {
    const files = buildPack({ key })
    for (const [name, content] of files) {
      if (name.startsWith('manifest')) continue
      for (const position of [0, content.length >> 1, content.length - 1]) {
        const bitten = Buffer.from(content)
        bitten[position]! ^= 0x40
        expect(await codeOf(load(new Map(files).set(name, bitten)))).toBe('pack/hash-mismatch')
      }
    }
  })

  it('that is one byte longer is refused', async () => {
    const files = buildPack({ key })
    files.set('golden.json', Buffer.concat([files.get('golden.json')!, Buffer.from(' ')]))
    expect(await codeOf(load(files))).toBe('pack/hash-mismatch')
  })

  it('that is absent is refused by name', async () => {
    const files = buildPack({ key })
    files.delete('vae-decoder.onnx')
    await expect(load(files)).rejects.toThrow('lacks the file vae-decoder.onnx')
  })

  it('that the manifest does not list is refused by name', async () => {
    const files = buildPack({ key }).set('weights.bin', Buffer.from('x'))
    await expect(load(files)).rejects.toThrow(expect.objectContaining({ code: 'pack/file-unlisted' }))
  })

  it('that is a hostile graph is refused although its hash is right', async () => {
    const { inputs, outputs } = referenceManifest().graphs['vae-decoder']!
    const hostile = model({ inputs, outputs, initializers: [tensor({ extra: bytes(13, text(1, 'location')) })] })
    const files = buildPack({ key, replace: { 'vae-decoder.onnx': hostile } })
    expect(await codeOf(load(files))).toBe('pack/external-data')
  })
})

describe('on disk', () => {
  const fromDisk = (dir: string) => codeOf(loadPack(dir, { trustedKeys: [key.trusted] }))

  it('a pack is accepted', async () => expect(await fromDisk(writePack(buildPack({ key })))).toBe('accepted'))

  it('a folder that does not exist holds no pack', async () => {
    expect(await fromDisk(join(writePack(new Map()), 'nowhere'))).toBe('pack/missing')
  })

  it('an empty folder holds no pack', async () => expect(await fromDisk(writePack(new Map()))).toBe('pack/missing'))

  it('a link in place of a file is refused, wherever it leads', async () => {
    const dir = writePack(buildPack({ key }))
    const other = writePack(buildPack({ key }))
    rmSync(join(dir, 'vae-decoder.onnx'))
    symlinkSync(join(other, 'vae-decoder.onnx'), join(dir, 'vae-decoder.onnx'))
    expect(await fromDisk(dir)).toBe('pack/missing')
  })

  it('a folder in place of a file is refused', async () => {
    const dir = writePack(buildPack({ key }))
    rmSync(join(dir, 'golden.json'))
    mkdirSync(join(dir, 'golden.json'))
    expect(await fromDisk(dir)).toBe('pack/missing')
  })

  it('a manifest of two megabytes is refused before it is read', async () => {
    const dir = writePack(buildPack({ key }))
    writeFileSync(join(dir, 'manifest.json'), Buffer.alloc(2 ** 21, 0x20))
    expect(await fromDisk(dir)).toBe('pack/hash-mismatch')
  })
})
