/** `npm start` and the command line as a user starts them, from the starter script to the end by Ctrl-C. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inRepository } from '../../build/repository.ts'

const START_LINK = /http:\/\/127\.0\.0\.1:\d+\/start\?token=[\w-]+/
const starter = inRepository('build', 'run.mjs')

let directory: string
let started: ChildProcess | undefined
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'cardionets-start-'))))
afterEach(async () => {
  if (started?.exitCode === null) {
    started.kill('SIGTERM')
    await once(started, 'exit')
  }
  rmSync(directory, { recursive: true, force: true })
})

/** Starts `npm start -- ARGS` without npm, and collects what it says. */
function start(args: string[], environment: NodeJS.ProcessEnv = {}) {
  const env = { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', ...environment }
  const workspace = join(directory, 'workspace')
  const child = spawn(process.execPath, [starter, 'launch', '--workspace', workspace, ...args], { env })
  started = child
  const output = { text: '' }
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output.text += String(data)))
  const said = async (pattern: RegExp): Promise<string> => {
    while (!pattern.test(output.text)) {
      if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${output.text}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return pattern.exec(output.text)![0]
  }
  return { child, output, said, workspace }
}

const statusOf = async (url: string, init?: RequestInit): Promise<number> =>
  (await fetch(url, { redirect: 'manual', ...init })).status

describe('npm start', () => {
  it('without a display says so, prints a start link that works once, makes the workspace, and ends by Ctrl-C', async () => {
    const { child, output, said, workspace } = start([])
    const link = await said(START_LINK)
    expect(output.text).toMatch(/no display/)
    expect(existsSync(join(workspace, 'workspace.json'))).toBe(true)
    const answer = await fetch(link, { redirect: 'manual' })
    expect(answer.status).toBe(303)
    expect(await statusOf(link)).toBe(403)
    const cookie = answer.headers.get('set-cookie')!.split(';')[0]!
    const page = await fetch(new URL('/', link), { headers: { cookie } })
    expect(await page.text()).toContain('<div id="app">')
    child.kill('SIGINT')
    expect(await once(child, 'exit')).toEqual([0, null])
    await expect(fetch(link)).rejects.toThrow()
  })

  it('serves on the port that it is told', async () => {
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    const { port } = probe.address() as AddressInfo
    probe.close()
    const { said } = start(['--no-open', '--port', String(port)])
    expect(new URL(await said(START_LINK)).port).toBe(String(port))
  })

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'opens the browser with a profile of its own, and ends with its window',
    async () => {
      const browser = join(directory, 'browser')
      writeFileSync(browser, `#!/bin/sh\nprintf '%s\\n' "$@" > '${directory}/arguments'\nsleep 1\n`)
      chmodSync(browser, 0o755)
      const { child } = start(['--browser'], { DISPLAY: ':99', CARDIONETS_BROWSER: browser })
      expect(await once(child, 'exit')).toEqual([0, null])
      const args = readFileSync(join(directory, 'arguments'), 'utf8').split('\n')
      expect(args[0]).toMatch(/^--app=http:\/\/127\.0\.0\.1:\d+\/start\?token=/)
      expect(existsSync(args[1]!.replace('--user-data-dir=', ''))).toBe(false)
    },
  )

  it('refuses what it does not understand with one line and code 2', async () => {
    const { child, output } = start(['--prot', '1'])
    expect(await once(child, 'exit')).toEqual([2, null])
    expect(output.text.trim().split('\n')).toHaveLength(1)
  })

  it('refuses a folder that is not a workspace with a sentence', async () => {
    writeFileSync(join(directory, 'other.txt'), '')
    const { child, output } = start(['--no-open', '--workspace', directory])
    const [code] = await once(child, 'exit')
    expect(code).not.toBe(0)
    expect(output.text).toContain('workspace/not-ours')
  })
})

describe('npm run -s cardionets', () => {
  const run = (args: string[], options = {}) =>
    spawnSync(process.execPath, [starter, 'cardionets', ...args], { encoding: 'utf8', ...options })

  it('prints its answer and nothing else on stdout, also where it had to build first', () => {
    const { version } = JSON.parse(readFileSync(inRepository('package.json'), 'utf8')) as { version: string }
    expect(run(['--version'])).toMatchObject({ status: 0, stdout: `${version}\n` })
  })

  it('takes file names relative to where npm was started', () => {
    const env = { ...process.env, npm_lifecycle_event: 'cardionets', INIT_CWD: directory }
    writeFileSync(join(directory, 'note.txt'), 'not an ECG')
    const { status, stdout } = run(['read', 'note.txt'], { cwd: inRepository(), env })
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ status: 'refused', error: { code: 'format/unknown' } })
  })

  it('answers wrong usage with code 2', () => {
    expect(run(['scren'])).toMatchObject({ status: 2, stdout: '' })
  })
})
