import { describe, expect, it } from 'vitest'
import type { FetchedCompanion, FromReader, ToReader } from '../../../src-main/app/reading/messages.ts'
import { serveReader } from '../../../src-main/app/reading/serve-reader.ts'

/** The reader on a port that is a list: what it posts for each message that it is given. */
function conversation(...messages: ToReader[]): FromReader[] {
  const posted: FromReader[] = []
  let listener: (message: unknown) => void = () => undefined
  serveReader({ post: (message) => void posted.push(message as FromReader), onMessage: (given) => (listener = given) })
  for (const message of messages) listener(message)
  return posted
}

const run = (bytes: Uint8Array, companions: FetchedCompanion[] = []): ToReader => ({
  kind: 'run',
  id: 7,
  task: 'read',
  main: { name: 'a', bytes },
  wants: {},
  companions,
})

describe('the reader’s side of the conversation', () => {
  it('asks for companions and goes on when they are there, or known to be absent', () => {
    const header = Buffer.from('r 1 500 1\nr.dat 16 1000 16 0 5 5 0 I\n')
    const present = { kind: 'companions', id: 7, files: [{ name: 'r.dat', bytes: Uint8Array.of(5, 0) }] } as const
    const absent = { kind: 'companions', id: 7, files: [{ name: 'r.dat', bytes: null }] } as const
    const need = { kind: 'need', id: 7, names: ['r.dat'] }
    expect(conversation(run(header))).toEqual([need])
    expect(conversation(run(header), { ...present, files: [...present.files] })).toMatchObject([
      need,
      { reply: { ok: true } },
    ])
    expect(conversation(run(header), { ...absent, files: [...absent.files] })).toMatchObject([
      need,
      { kind: 'done', id: 7, reply: { ok: false, error: { code: 'format/companion-missing' } } },
    ])
  })

  it('asks for none that came along, and still for others', () => {
    const header = Buffer.from('r 2 500 1\nr.dat 16 1000 16 0 5 5 0 I\nr.xws 16 1000 16 0 6 6 0 II\n')
    const one = { name: 'r.dat', bytes: Uint8Array.of(5, 0) }
    const other = { name: 'r.xws', bytes: Uint8Array.of(6, 0) }
    expect(conversation(run(header, [one, other]))).toMatchObject([{ kind: 'done', reply: { ok: true } }])
    expect(conversation(run(header, [one]))).toEqual([{ kind: 'need', id: 7, names: ['r.xws'] }])
  })

  it('ignores companions of another file', () => {
    expect(conversation({ kind: 'companions', id: 6, files: [] })).toEqual([])
  })

  it('reports a defect of ours as a crash, with its place and without its words', () => {
    const defect = Object.assign(Buffer.from('Doe'), { subarray: () => { throw new RangeError('Doe') } }) // prettier-ignore
    const [done] = conversation(run(defect))
    expect(done).toMatchObject({ kind: 'done', reply: { ok: false, error: { code: 'format/parser-crashed' } } })
    expect(JSON.stringify(done)).toMatch(/RangeError at [\w-]+\.ts:\d+/)
    expect(JSON.stringify(done)).not.toContain('Doe')
  })
})
