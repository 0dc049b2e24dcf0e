import { describe, expect, it } from 'vitest'
import { openEnvelope, openSecrets, sealSecrets, SealedSecrets } from '../../src-main/reader-study/allocation/seal.ts'
import { STUDY_ID } from './example.ts'

const first = { name: 'Statistician', passphrase: 'correct horse battery' }
const second = { name: 'Study office', passphrase: 'staple and then some' }
const text = JSON.stringify({ truth: [1, 0, 1] })
const sealed = sealSecrets(
  STUDY_ID,
  text,
  new Map([
    [7, 'case seven'],
    [8, 'case eight'],
  ]),
  [first, second],
)
const locked = { dataLocked: true }

describe('a sealed allocation', () => {
  it('opens with both passphrases after the data lock', () =>
    expect(openSecrets(sealed, [first.passphrase, second.passphrase], locked)).toBe(text))
  it('stays closed before the data lock', () =>
    expect(() => openSecrets(sealed, [first.passphrase, second.passphrase], { dataLocked: false })).toThrow(
      'not locked',
    ))
  it('stays closed for one person, in either place, and says whose passphrase is wrong', () => {
    expect(() => openSecrets(sealed, [first.passphrase, first.passphrase], locked)).toThrow('Study office')
    expect(() => openSecrets(sealed, [second.passphrase, second.passphrase], locked)).toThrow('Statistician')
  })
  it.each(['first', 'last'])('notices a change of its %s byte', (which) => {
    const copy = structuredClone(sealed)
    const bytes = Buffer.from(copy.whole.text, 'base64')
    bytes[which === 'first' ? 0 : bytes.length - 1]! ^= 1
    copy.whole.text = bytes.toString('base64')
    expect(() => openSecrets(copy, [first.passphrase, second.passphrase], locked)).toThrow('changed since')
  })
  it('does not open in another study', () =>
    expect(() =>
      openSecrets({ ...sealed, studyId: crypto.randomUUID() }, [first.passphrase, second.passphrase], locked),
    ).toThrow())
  it('shows nothing of what it holds', () => {
    const shown = JSON.stringify(SealedSecrets.parse(sealed))
    for (const word of ['truth', 'case seven', first.passphrase]) expect(shown).not.toContain(word)
  })
  it('opens one envelope in an emergency, and an exchanged envelope not at all', () => {
    expect(openEnvelope(sealed, 7, first.passphrase)).toBe('case seven')
    expect(() => openEnvelope(sealed, 7, second.passphrase)).toThrow('Statistician')
    const swapped = structuredClone(sealed)
    swapped.emergency.envelopes['7'] = sealed.emergency.envelopes['8']!
    expect(() => openEnvelope(swapped, 7, first.passphrase)).toThrow('changed since')
    expect(() => openEnvelope(sealed, 9, first.passphrase)).toThrow('no case 9')
  })
  it('asks for two people and a real passphrase', () => {
    expect(() => sealSecrets(STUDY_ID, text, new Map(), [first, { ...second, name: first.name }])).toThrow(
      'Two different',
    )
    expect(() => sealSecrets(STUDY_ID, text, new Map(), [first, { ...second, passphrase: 'short' }])).toThrow(
      '8 characters',
    )
  })
})
