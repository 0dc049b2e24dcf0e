import { afterEach, describe, expect, it, vi } from 'vitest'
import { spawnUtility } from '../../../src-main/hosts/electron/utility-child.ts'
import { recorded, type StubUtilityProcess } from '../../electron-stub.ts'

const lastChild = (): StubUtilityProcess => recorded.children.at(-1)!
afterEach(() => vi.restoreAllMocks())

describe('a utility process', () => {
  it('gets no variable of ours and no flag', () => {
    vi.stubEnv('CARDIONETS_SECRET', 'x')
    spawnUtility('inference')
    expect(lastChild().path).toMatch(/inference/)
    expect(lastChild().options.execArgv).toEqual([])
    expect(Object.keys(lastChild().options.env)).not.toContain('CARDIONETS_SECRET')
    expect(lastChild().options.env).toMatchObject({ PATH: process.env['PATH'], ORT_DISABLE_TELEMETRY: '1' })
    vi.unstubAllEnvs()
  })

  it('passes messages both ways as they are', () => {
    const child = spawnUtility('reader')
    const seen: unknown[] = []
    child.onMessage((message) => seen.push(message))
    const samples = Float32Array.of(1)
    child.post({ samples })
    lastChild().emit('message', { ready: true })
    expect(lastChild().posted).toEqual([{ samples }])
    expect(seen).toEqual([{ ready: true }])
  })

  it('tells its end once and takes no message after it', () => {
    const child = spawnUtility('reader')
    const codes: (number | null)[] = []
    child.onExit((code) => codes.push(code))
    lastChild().emit('exit', 9)
    lastChild().emit('exit', 9)
    child.post('late')
    expect(codes).toEqual([9])
    expect(lastChild().posted).toEqual([])
  })

  it('is killed at once, not asked: a hanging parser would not hear', () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
    const child = spawnUtility('reader')
    child.kill()
    expect(lastChild().killed).toBe(true)
    lastChild().pid = 4711
    child.kill()
    expect(kill).toHaveBeenCalledExactlyOnceWith(4711, 'SIGKILL')
  })
})
