import { describe, expect, it } from 'vitest'
import { readEntry } from '../../src-main/app/recordings/recording-entry.ts'
import { storeRecording } from '../../src-main/registry/tables/recordings.ts'
import { provenReviews } from '../../src-main/registry/tables/review-proof.ts'
import { amendScreening } from '../../src-main/registry/tables/reviews.ts'
import { listWork } from '../../src-main/registry/worklist/list-work.ts'
import { addPatient, addReviewed, carry, type Laptop } from './exchange/two-laptops.ts'
import { newRecording, newWorkspace } from './support.ts'

const refused = expect.objectContaining({ code: 'screening/review-altered' }) as Error

/** A screening that was signed and amended. */
async function signed() {
  const laptop = await newWorkspace()
  const { registry, by } = laptop
  const recording = newRecording(registry, 'a waveform')
  const { id: recordingId } = registry.change(by, (change) => storeRecording(change, recording))
  const screeningId = addReviewed(laptop, recordingId, 'Echocardiography soon.')
  registry.change(by, (change) =>
    amendScreening(change, screeningId, { agreement: 'disagree', conclusion: 'No echocardiography.' }, 'seen again'),
  )
  return { ...laptop, recordingId, screeningId }
}

const stateInWorkList = ({ registry }: Laptop): string =>
  listWork(
    registry.db,
    {
      filter: { text: '', states: [], unassigned: false, positive: false, today: false },
      order: 'importedAt',
      descending: true,
      offset: 0,
      limit: 10,
    },
    { date: '2026-01-05', startMs: 0 },
  )[0]!.state

/** Somebody with the keys writes past the application. */
function tamper({ registry, by }: Laptop, sql: string): void {
  registry.change(by, (change) => {
    change.db.exec('DROP TRIGGER review_is_immutable; DROP TRIGGER screening_is_immutable')
    change.db.exec(sql)
    change.audit({ action: 'test:tamper', kind: 'review', id: null })
  })
}

describe('what was said of a screening', () => {
  it('is shown with its signature verified while nothing was changed', async () => {
    const laptop = await signed()
    const [screening] = readEntry(laptop.registry.db, laptop.recordingId).screenings
    expect(screening!.alteredReviews).toBe(0)
    expect(stateInWorkList(laptop)).toBe('amended')
    expect(screening!.reviews.map(({ state, signature }) => [state, signature])).toEqual([
      ['reviewed', 'none'],
      ['signed', 'verified'],
      ['amended', 'verified'],
    ])
    laptop.access.close()
  })

  for (const [what, sql, altered] of [
    ['its conclusion', `UPDATE review SET conclusion = 'Discharge.' WHERE state = 'signed'`, 1],
    ['its agreement', `UPDATE review SET agreement = 'agree' WHERE state = 'amended'`, 1],
    ['who signed', `UPDATE review SET reviewer_name = 'Somebody else' WHERE state = 'signed'`, 1],
    ['when it was signed', `UPDATE review SET reviewed_ms = reviewed_ms + 60000 WHERE state = 'signed'`, 1],
    ['the reason of an amendment', `UPDATE review SET reason = 'none' WHERE state = 'amended'`, 1],
    ['the signature', `UPDATE review SET signature = 'AAAA' || substr(signature, 5) WHERE state = 'signed'`, 1],
    ['what was reviewed before it was signed', `UPDATE review SET conclusion = '' WHERE state = 'reviewed'`, 1],
    ['the screening’s outputs', `UPDATE screening SET result_json = replace(result_json, '0.8', '0.1')`, 3],
    ['the screening’s pack', `UPDATE screening SET pack_version = '9.9.9'`, 3],
    ['the waveform', `UPDATE recording SET waveform_sha256 = '${'c'.repeat(64)}'`, 3],
  ] as const) {
    it(`is reported and not shown after somebody changed ${what}`, async () => {
      const laptop = await signed()
      tamper(laptop, sql)
      const [screening] = readEntry(laptop.registry.db, laptop.recordingId).screenings
      expect(screening!.alteredReviews).toBe(altered)
      expect(screening!.reviews).toHaveLength(3 - altered)
      expect(stateInWorkList(laptop)).toBe('altered')
      const again = { agreement: 'agree', conclusion: 'x' } as const
      const amend = (): unknown =>
        laptop.registry.change(laptop.by, (change) => amendScreening(change, laptop.screeningId, again, 'y'))
      expect(amend).toThrow(refused)
      laptop.access.close()
    })
  }

  it('keeps its signature in another registry, where the recording may have another id', async () => {
    const a = await signed()
    const b = await newWorkspace()
    addPatient(b)
    const same = newRecording(b.registry, 'a waveform')
    const { id } = b.registry.change(b.by, (change) => storeRecording(change, same))
    await carry(a, b)
    expect(readEntry(b.registry.db, id).screenings[0]!.reviews.map(({ signature }) => signature)).toEqual([
      'none',
      'verified',
      'verified',
    ])
    tamper(b, `UPDATE review SET conclusion = 'x' WHERE state = 'signed'`)
    expect(provenReviews(b.registry.db, a.screeningId).altered).toBe(1)
    a.access.close()
    b.access.close()
  })

  it('says so where the key of whoever signed was never compared here', async () => {
    const a = await signed()
    const b = await newWorkspace()
    await carry(a, b)
    b.registry.change(b.by, (change) => {
      change.db.exec('DELETE FROM exchange_partner')
      change.audit({ action: 'test:forget', kind: 'workspace', id: null })
    })
    const [screening] = readEntry(b.registry.db, a.recordingId).screenings
    expect(screening!.reviews.map(({ signature }) => signature)).toEqual(['none', 'unknown-key', 'unknown-key'])
    a.access.close()
    b.access.close()
  })
})
