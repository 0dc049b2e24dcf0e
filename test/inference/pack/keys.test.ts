import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { keyIdOf, parsePublicKey } from '../../../src-main/inference/pack/keys.ts'
import { PINNED_KEYS } from '../../../src-main/inference/pinned-keys.ts'
import { makeKey } from '../pack-builder.ts'

describe('a .pub file', () => {
  const { trusted, pem, privateKey } = makeKey()

  it('may be PEM', () => expect(parsePublicKey(pem)).toEqual(trusted))
  it('may be PEM with Windows line ends', () => expect(parsePublicKey(pem.replaceAll('\n', '\r\n'))).toEqual(trusted))
  it('may be one line of base64', () => expect(parsePublicKey(`${trusted.publicKeyBase64}\n`)).toEqual(trusted))

  it.each([
    ['nothing', ''],
    ['31 bytes', Buffer.alloc(31).toString('base64')],
    ['base64 with a stray character', trusted.publicKeyBase64.replace('=', '!=')],
    ['hexadecimal', trusted.keyId],
    ['a private key', privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()],
    [
      'a key of another kind',
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    ],
    ['a damaged PEM', pem.replace('MCow', 'MCox')],
  ])('is refused when it holds %s', (_, text) => {
    expect(() => parsePublicKey(text)).toThrow(expect.objectContaining({ code: 'pack/key-unreadable' }))
  })

  it('has the SHA-256 of the raw key as its fingerprint', () => {
    // RFC 8032, section 7.1, test 1; the digest by `printf … | xxd -r -p | sha256sum`.
    const raw = Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex')
    expect(keyIdOf(raw)).toBe('21fe31dfa154a261626bf854046fd2271b7bed4b6abe45aa58877ef47f9721b9')
  })
})

describe('the pinned keys', () => {
  it('carry their own fingerprints and are Ed25519 keys', () => {
    for (const { keyId, publicKeyBase64 } of PINNED_KEYS) {
      const raw = Buffer.from(publicKeyBase64, 'base64')
      expect(keyIdOf(raw)).toBe(keyId)
      const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }
      expect(createPublicKey({ key: jwk, format: 'jwk' }).asymmetricKeyType).toBe('ed25519')
    }
  })
})
