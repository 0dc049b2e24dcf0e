import { beforeAll, describe, expect, it } from 'vitest'
import { contract, type Channel } from '../../../src-preload/contract/index.ts'
import { channelAccess } from '../../../src-preload/contract/roles.ts'
import { createPatient } from '../../../src-main/registry/tables/patients.ts'
import { storeRecording } from '../../../src-main/registry/tables/recordings.ts'
import { patientFields } from '../../registry/support.ts'
import { newRecordingOf } from '../../registry/new-recording.ts'
import { lockedStudy, studiedWorkspace, type StudiedWorkspace } from './studied-workspace.ts'

const DAY = 86_400_000
const CASES = 4
/** Words that stand nowhere but in what a reader must not get; found again in whatever crosses to the reader's window. */
const CANARY = {
  truth: 'canary-subtype',
  stratum: 'canary-stratum',
  score: '0.73190',
  patient: '金丝雀',
  localId: 'CANARY-77',
  file: 'canary-file',
  other: 'what reader two wrote',
  earlier: 'what I wrote in stage one',
} as const

/** Everything that main says to one window: answers and events, as they cross. */
class Border {
  readonly crossed: string[] = []

  readonly workspace: StudiedWorkspace

  constructor(workspace: StudiedWorkspace) {
    this.workspace = workspace
    workspace.dispatcher().onEvent((event, payload) => this.note(event, payload))
  }
  async call(channel: Channel, input: unknown): Promise<{ ok: boolean; value?: unknown }> {
    const reply = (await this.workspace.dispatcher().call(channel, input)) as { ok: boolean; value?: unknown }
    this.note(channel, reply)
    return reply
  }
  note(channel: string, value: unknown): void {
    this.crossed.push(`${channel} ${JSON.stringify(value, (_, one: unknown) => plain(one))}`)
  }
  holding(text: string): string[] {
    return this.crossed.filter((line) => line.includes(text))
  }
}

function plain(value: unknown): unknown {
  return ArrayBuffer.isView(value) ? `${value.byteLength} bytes` : value
}

/** Reads all that is due; the note is answered where it is asked for. */
async function readAll(border: Border, workspace: StudiedWorkspace, studyId: string, note: string): Promise<number> {
  for (let count = 0; ; count++) {
    const { value } = await border.call('study:next-step', { studyId })
    const step = value as { kind: string; readId: string; questions: { id: string }[] }
    if (step.kind !== 'read') return count
    const asked = new Set(step.questions.map(({ id }) => id))
    const all = { confidence: 61, call: 'yes', seen: 'no', real: 'real', note }
    const answers = Object.fromEntries(Object.entries(all).filter(([id]) => asked.has(id)))
    const kept = { studyId, readId: step.readId, answers, activeMs: 20_000, awayMs: 0 }
    await border.call('study:save-answers', kept)
    workspace.pass(30_000)
    const reply = await border.call('study:submit', { ...kept, tools: {} })
    if (!reply.ok) throw new Error(JSON.stringify(reply))
  }
}

describe('a reader’s window, over a whole study', () => {
  let workspace: StudiedWorkspace
  let border: Border
  let studyId: string
  let own: string[]

  beforeAll(async () => {
    workspace = await studiedWorkspace(2)
    await workspace.administrate()
    const registry = workspace.access().registry()
    registry.change(workspace.access().actor(), (change) => {
      const fields = patientFields({ name: CANARY.patient, localId: CANARY.localId })
      const { id } = createPatient(change, fields)
      const recording = newRecordingOf(registry, 'canary', { patientId: id, fileName: `${CANARY.file}.hea` })
      storeRecording(change, recording)
    })
    await workspace.signIn('coordinator')
    const locked = await lockedStudy(workspace, CASES, {
      subtype: CANARY.truth,
      modelScore: Number(CANARY.score),
      edit: (protocol) => ({
        ...protocol,
        cases: protocol.cases.map((one) => ({ ...one, stratum: CANARY.stratum })),
        questions: [
          ...protocol.questions,
          { id: 'note', kind: 'text', text: { en: 'Remarks', zh: '备注' }, required: false },
        ],
        stages: protocol.stages.map((stage) =>
          stage.kind === 'diagnostic' ? { ...stage, questions: [...stage.questions, 'note'] } : stage,
        ),
      }),
    })
    studyId = locked.studyId

    await workspace.signIn('reader2')
    await readAll(new Border(workspace), workspace, studyId, CANARY.other)
    await workspace.signIn('reader1')
    border = new Border(workspace)
    await border.call('study:list-mine', undefined)
    await readAll(border, workspace, studyId, CANARY.earlier)
    own = [...border.crossed]
    border.crossed.length = 0
    for (const days of [29, 1, 1, 1]) {
      workspace.pass(days * DAY)
      await readAll(border, workspace, studyId, 'later')
    }
    for (const channel of ['study:list-mine', 'study:audit-myself', 'study:calendar', 'study:next-step'] as const)
      await border.call(channel, channel === 'study:list-mine' ? undefined : { studyId })
  })

  it('reads every case of every stage', () => {
    expect(own.filter((line) => line.startsWith('study:submit'))).toHaveLength(CASES)
    expect(border.crossed.filter((line) => line.startsWith('study:submit'))).toHaveLength(4 * CASES)
  })

  it('gets no truth, score, stratum, patient, file, nor what another reader wrote', () => {
    for (const [what, text] of Object.entries(CANARY)) {
      if (what === 'earlier') continue
      expect(
        [...own, ...border.crossed].filter((line) => line.includes(text)),
        what,
      ).toEqual([])
    }
  })

  it('gets no answer of its own of an earlier stage, and no word for arm, stage, case or item', () => {
    expect(border.holding(CANARY.earlier)).toEqual([])
    for (const word of ['ecg-real', 'ecg-generated', 'stage-1', 'stage-2', 'caseId', 'caseToken', 'itemId', 'sitting"'])
      expect(
        border.crossed.filter((line) => line.includes(word) && !line.includes('"reason":"sitting"')),
        word,
      ).toEqual([])
  })

  it('finds what is planted: its own half answer comes back to it within the stage', async () => {
    // The same search over the same border, so that silence above means something.
    border.note('planted', { nested: [{ arm: 'ecg-real', note: CANARY.earlier }] })
    expect(border.holding(CANARY.earlier)).toHaveLength(1)
    expect(border.holding('ecg-real')).toHaveLength(1)
    border.crossed.pop()
  })

  it('is refused at every channel of other roles, and told nothing of a patient by the others', async () => {
    const closed: string[] = []
    for (const channel of Object.keys(contract) as Channel[]) {
      const access = channelAccess[channel]
      if (typeof access !== 'string' && access.includes('reader')) continue
      if (typeof access === 'string') {
        // What everybody may ask, with nothing and with a study: refusals and answers are both looked through.
        if (/sign-out|lock|create|sign-in|recover|change-password|choose-provider|examine-providers/.test(channel))
          continue
        await border.call(channel, undefined)
        await border.call(channel, { studyId })
        continue
      }
      const reply = (await border.call(channel, { studyId })) as { error?: { code: string } }
      expect(reply.error?.code, channel).toBe('access/forbidden')
      closed.push(channel)
    }
    expect(closed.length).toBeGreaterThan(40)
    for (const [what, text] of Object.entries(CANARY)) expect(border.holding(text), what).toEqual([])
  })

  it('hears no event of the coordinator’s work', () => {
    const events = border.crossed.filter((line) => /^(study:preparing|import:progress|cine:progress)/.test(line))
    expect(events).toEqual([])
  })
})
