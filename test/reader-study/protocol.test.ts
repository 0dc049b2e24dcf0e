import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StudyProtocol } from '../../src-preload/contract/study-protocol.ts'
import { canonicalJson, hashOf } from '../../src-main/reader-study/protocol/canonical-json.ts'
import { protocolProblems } from '../../src-main/reader-study/protocol/check-protocol.ts'
import { amend, commit, isCommitted } from '../../src-main/reader-study/protocol/lock.ts'
import { sixSequenceWilliamsDesign } from '../../src-main/reader-study/protocol/templates.ts'
import { exampleProtocol } from './example.ts'

const parts = {
  casesSha256: 'a'.repeat(64),
  allocationSha256: 'b'.repeat(64),
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
  it('changes only as a new version with a reason, and never its cases after the first read', () => {
    const protocol = exampleProtocol()
    const next = amend(protocol, { title: 'New' }, { reason: 'A clearer title was wanted.', started: true })
    expect(next).toMatchObject({ version: 2, title: 'New', amendmentReason: 'A clearer title was wanted.' })
    expect(() => amend(protocol, { title: 'New' }, { reason: ' ', started: false })).toThrow('Say in a sentence')
    expect(() => amend(protocol, { cases: [] }, { reason: 'Fewer cases suffice.', started: true })).toThrow('cases')
  })
})
