import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { childEnvironment } from '../../src-main/app/child-process.ts'
import { inRepository } from '../../build/repository.ts'

let home: string
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'cardionets-home-'))))
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(home, { recursive: true })
})

describe('the environment of a child', () => {
  it('holds nothing of ours and nothing that changes how Node runs', () => {
    vi.stubEnv('CARDIONETS_PASSWORD', 'x')
    vi.stubEnv('NODE_OPTIONS', '--inspect')
    expect(Object.keys(childEnvironment())).not.toEqual(expect.arrayContaining(['CARDIONETS_PASSWORD']))
    expect(childEnvironment()).not.toHaveProperty('NODE_OPTIONS')
  })

  it('keeps ONNX Runtime from writing a device id and from calling home', () => {
    vi.stubEnv('HOME', home)
    const script = `
      const { InferenceSession } = require('onnxruntime-node')
      InferenceSession.create('models/reference/encoder-task.onnx').then(() => console.log('loaded'))`
    const options = { cwd: inRepository(), env: childEnvironment(), encoding: 'utf8' } as const
    expect(spawnSync(process.execPath, ['-e', script], options).stdout).toBe('loaded\n')
    expect(readdirSync(home, { recursive: true })).toEqual([])
  })
})
