import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StudyProtocol } from '../../src-preload/contract/study-protocol.ts'
import { canonicalJson, hashOf } from '../../src-main/reader-study/protocol/canonical-json.ts'
import { protocolProblems } from '../../src-main/reader-study/protocol/check-protocol.ts'
import { amend, protocolChanges, versionHashes } from '../../src-main/reader-study/protocol/amend.ts'
import { commit, isCommitted } from '../../src-main/reader-study/protocol/lock.ts'
import { sixSequenceWilliamsDesign } from '../../src-main/reader-study/protocol/templates.ts'
import { exampleProtocol } from './example.ts'

const parts = {
  casesSha256: 'a'.repeat(64),
  allocationSha256: 'b'.repeat(64),
  readersSha256: 'd'.repeat(64),
  appVersion: '0.1.0',
  packSha256: 'c'.repeat(64),
  lockedAt: '2026-01-01T00:00:00.000Z',
}

describe('canonical JSON', () => {
  it('writes the example of RFC 8785 in the order of its keys', () =>
    expect(canonicalJson({ b: [1e30, 4.5, 0.002, 1e-27], a: '€$\u000f\nA' })).toBe(
      '{"a":"€$\\u000f\\nA","b":[1e+30,4.5,0.002,1e-27]}',
    ))
  it('is the same for every order of keys, and reads back as the same value', () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const reversed = (one: unknown): unknown =>
          Array.isArray(one)
            ? one.map(reversed)
            : one !== null && typeof one === 'object'
              ? Object.fromEntries(
                  Object.entries(one)
                    .reverse()
                    .map(([key, member]) => [key, reversed(member)]),
                )
              : one
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value))
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value))
      }),
    ))
  it('refuses what JSON cannot hold', () => expect(() => canonicalJson({ a: Number.NaN })).toThrow('NaN'))
})

describe('a protocol', () => {
  it.each([
    ['article', exampleProtocol()],
    ['Williams', exampleProtocol({ template: sixSequenceWilliamsDesign })],
  ])('from the %s template with cases and readers has no problems and fits the schema', (_, protocol) => {
    expect(protocolProblems(protocol)).toEqual([])
    expect(StudyProtocol.parse(protocol)).toEqual(protocol)
  })
  it('keeps the real/generated question out of diagnostic stages, and its task behind them', () => {
    const protocol = exampleProtocol()
    protocol.stages[0]!.questions.push('real')
    protocol.stages.reverse()
    const paths = protocolProblems(protocol).map((problem) => problem.path)
    expect(paths).toContain('stages.2.questions')
    expect(paths).toContain('stages.0')
  })
  it('is fixed by its commitment in every field', () => {
    const protocol = exampleProtocol()
    const commitment = commit(protocol, parts)
    expect(isCommitted(protocol, commitment)).toBe(true)
    expect(isCommitted({ ...protocol, finalOnSubmit: false }, commitment)).toBe(false)
    expect(isCommitted(protocol, { ...commitment, lockedAt: '2026-01-02T00:00:00.000Z' })).toBe(false)
    expect(commitment.protocolSha256).toBe(hashOf(protocol))
  })
  it('is not locked while something is missing, and says what', () =>
    expect(() => commit({ ...exampleProtocol(), readers: [] }, parts)).toThrow('Nobody reads yet'))
  const because = { reason: 'A clearer title was wanted.', started: true }
  it('changes only as a new version with a reason, and says what changed', () => {
    const protocol = exampleProtocol()
    const sitting = { ...protocol.sitting, gapHours: 20 }
    const next = amend(protocol, { title: 'New', sitting }, because)
    expect(next).toMatchObject({ version: 2, title: 'New', amendmentReason: because.reason })
    expect(protocolChanges(protocol, next)).toEqual([
      { path: 'title', before: '"Example"', after: '"New"' },
      { path: 'sitting.gapHours', before: '12', after: '20' },
    ])
    expect(() => amend(protocol, { title: 'New' }, { ...because, reason: ' ' })).toThrow('Say in a sentence')
    expect(() => amend(protocol, { title: protocol.title }, because)).toThrow('Nothing')
  })
  it('never changes what the allocation was dealt from, nor what the reads mean once somebody has read', () => {
    const protocol = exampleProtocol()
    const [first, ...others] = protocol.stages
    const shorter = { stages: [first!, { ...others[0]!, washoutDays: 14 }, ...others.slice(1)] }
    expect(amend(protocol, shorter, { ...because, started: false }).stages[1]!.washoutDays).toBe(14)
    expect(() => amend(protocol, shorter, because)).toThrow('stages cannot change after the first read')
    const otherArm = { stages: [{ ...first!, arms: ['ecg-real' as const] }, ...others] }
    expect(() => amend(protocol, otherArm, { ...because, started: false })).toThrow('allocation was dealt')
    const sitting = { ...protocol.sitting, maximumReads: 5 }
    expect(() => amend(protocol, { sitting }, { ...because, started: false })).toThrow('allocation was dealt')
  })
  it('hashes its versions as a chain: no version changes or falls out unseen', () => {
    const protocol = exampleProtocol()
    const commitment = commit(protocol, parts)
    const second = amend(protocol, { title: 'Second' }, because)
    const third = amend(second, { title: 'Third' }, because)
    const hashes = versionHashes([protocol, second, third], commitment)
    expect(hashes[0]).toBe(commitment.sha256)
    expect(versionHashes([protocol, { ...second, title: 'Other' }, third], commitment)[2]).not.toBe(hashes[2])
    expect(versionHashes([protocol, third], commitment)[1]).not.toBe(hashes[2])
  })
})
