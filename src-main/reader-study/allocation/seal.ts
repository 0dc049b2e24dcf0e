import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, scryptSync } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../../../src-preload/contract/errors.ts'

const base64 = z.string().regex(/^[A-Za-z0-9+/]+=*$/)
const Box = z.strictObject({ nonce: base64, text: base64, tag: base64 })
type Box = z.infer<typeof Box>

const Custodian = z.strictObject({
  name: z.string().min(1).max(100),
  salt: base64,
  /** This person's half of the key, under a key from the person's passphrase. */
  half: Box,
})

/**
 * Truth, scores and allocation of a locked study. Each of two custodians holds half of the key; either half alone is
 * noise. Emergency envelopes hold one case each, under another key, so that opening one opens no other.
 */
export const SealedSecrets = z.strictObject({
  format: z.literal('cardionets-sealed/1'),
  studyId: z.uuid(),
  custodians: z.tuple([Custodian, Custodian]),
  whole: Box,
  emergency: z.strictObject({ salt: base64, key: Box, envelopes: z.record(z.string(), Box) }),
})
export type SealedSecrets = z.infer<typeof SealedSecrets>

export interface CustodianKey {
  name: string
  passphrase: string
}

type RandomBytes = (count: number) => Buffer

/**
 * Seals a text. The first custodian can also open single emergency envelopes.
 *
 * @param envelopes  by case number: what an emergency opening of that case tells
 * @throws AppError `study/passphrase-short`, `study/custodians-same`
 */
export function sealSecrets(
  studyId: string,
  text: string,
  envelopes: ReadonlyMap<number, string>,
  custodians: readonly [CustodianKey, CustodianKey],
  random: RandomBytes = randomBytes,
): SealedSecrets {
  if (custodians.some(({ passphrase }) => passphrase.length < 8))
    throw new AppError('study/passphrase-short', 'A custodian’s passphrase has at least 8 characters.')
  if (custodians[0].name === custodians[1].name)
    throw new AppError('study/custodians-same', 'Two different people hold the keys of a study.')
  const key = random(32)
  const first = random(32)
  const halves = [first, xor(key, first)]
  const emergencyKey = random(32)
  const salt = random(16)
  return {
    format: 'cardionets-sealed/1',
    studyId,
    custodians: custodians.map(({ name, passphrase }, index) => {
      const own = random(16)
      return {
        name,
        salt: own.toString('base64'),
        half: seal(stretch(passphrase, own), halves[index]!, `${studyId}/half/${index}`, random),
      }
    }) as SealedSecrets['custodians'],
    whole: seal(key, Buffer.from(text), `${studyId}/whole`, random),
    emergency: {
      salt: salt.toString('base64'),
      key: seal(stretch(custodians[0].passphrase, salt), emergencyKey, `${studyId}/emergency`, random),
      envelopes: Object.fromEntries(
        [...envelopes].map(([caseId, content]) => [
          String(caseId),
          seal(envelopeKey(emergencyKey, caseId), Buffer.from(content), `${studyId}/case/${caseId}`, random),
        ]),
      ),
    },
  }
}

/**
 * Opens the whole with both custodians' passphrases.
 *
 * @throws AppError `study/not-locked` before the data lock, `study/wrong-passphrase`, `study/seal-broken`
 */
export function openSecrets(
  sealed: SealedSecrets,
  passphrases: readonly [string, string],
  { dataLocked }: { dataLocked: boolean },
): string {
  if (!dataLocked)
    throw new AppError('study/not-locked', 'The data are not locked. Lock them before the allocation is opened.')
  const halves = sealed.custodians.map(({ name, salt, half }, index) =>
    open(
      stretch(passphrases[index]!, Buffer.from(salt, 'base64')),
      half,
      `${sealed.studyId}/half/${index}`,
      wrong(name),
    ),
  )
  const broken = new AppError('study/seal-broken', 'The sealed allocation has been changed since it was sealed.')
  return open(xor(halves[0]!, halves[1]!), sealed.whole, `${sealed.studyId}/whole`, broken).toString()
}

/**
 * Opens the envelope of one case, and of no other. The caller writes who opened it and why into the audit trail first.
 *
 * @throws AppError `study/wrong-passphrase`, `study/unknown-case`, `study/seal-broken`
 */
export function openEnvelope(sealed: SealedSecrets, caseId: number, passphrase: string): string {
  const { salt, key, envelopes } = sealed.emergency
  const envelope = envelopes[String(caseId)]
  if (!envelope) throw new AppError('study/unknown-case', `The study has no case ${caseId}.`)
  const emergencyKey = open(
    stretch(passphrase, Buffer.from(salt, 'base64')),
    key,
    `${sealed.studyId}/emergency`,
    wrong(sealed.custodians[0].name),
  )
  const broken = new AppError('study/seal-broken', 'This envelope has been changed since it was sealed.')
  return open(envelopeKey(emergencyKey, caseId), envelope, `${sealed.studyId}/case/${caseId}`, broken).toString()
}

/** AES-256-GCM with what the box belongs to as associated data, so that boxes cannot be exchanged. */
export function seal(key: Uint8Array, text: Uint8Array, belongsTo: string, random: RandomBytes = randomBytes): Box {
  const nonce = random(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(belongsTo))
  const sealed = Buffer.concat([cipher.update(text), cipher.final()])
  const [nonceText, textText, tag] = [nonce, sealed, cipher.getAuthTag()].map((part) => part.toString('base64'))
  return { nonce: nonceText!, text: textText!, tag: tag! }
}

/** @throws `refusal` where the key is another one or anything was changed */
export function open(key: Uint8Array, box: Box, belongsTo: string, refusal: AppError): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(box.nonce, 'base64'))
    decipher.setAAD(Buffer.from(belongsTo)).setAuthTag(Buffer.from(box.tag, 'base64'))
    return Buffer.concat([decipher.update(Buffer.from(box.text, 'base64')), decipher.final()])
  } catch {
    throw refusal
  }
}

/** scrypt, N = 2^16, 64 MiB: slow enough for a passphrase that people can say to themselves. */
export function stretch(passphrase: string, salt: Uint8Array): Buffer {
  return scryptSync(passphrase.normalize('NFKC'), salt, 32, { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 2 ** 20 })
}

function envelopeKey(emergencyKey: Uint8Array, caseId: number): Buffer {
  return Buffer.from(hkdfSync('sha256', emergencyKey, Buffer.alloc(0), `case/${caseId}`, 32))
}

function xor(a: Uint8Array, b: Uint8Array): Buffer {
  return Buffer.from(a.map((byte, i) => byte ^ b[i]!))
}

function wrong(name: string): AppError {
  return new AppError('study/wrong-passphrase', `This is not the passphrase that ${name} chose for the study.`)
}
