import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { makeFiles } from '../app/batch/made-files.ts'
import { temporaryFolder } from '../registry/support.ts'
import { parseLines, REPOSITORY } from './run-cli.ts'

const FILES = 32

function start(args: readonly string[], input: string): ChildProcess {
  const child = spawn(process.execPath, [join(REPOSITORY, 'src-main', 'cli.ts'), ...args], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  child.stdin!.end(input)
  return child
}

it('goes on after kill -9 in the middle: no file lost, none doubled', { timeout: 300_000 }, async () => {
  const workspace = join(temporaryFolder(), 'workspace')
  const folder = temporaryFolder()
  makeFiles(
    folder,
    Array.from({ length: FILES }, (_, index) => ({ name: `r${100 + index}`, index })),
  )
  await text(start(['demo', '--patients', '3', '--recordings', '0', '--workspace', workspace], '').stdout!)
  const order = ['registry', 'batch', folder, '--workspace', workspace, '--user', 'nurse', '--password-stdin']
  const acknowledged: string[] = []
  // Killed with some files done and others in the reader, the encoder and the transaction; three times.
  for (const enough of [1, 8, 17]) {
    const child = start(order, 'demo-nurse\n')
    let output = ''
    child.stdout!.setEncoding('utf8').on('data', (part: string) => {
      output += part
      if (output.split('\n').length > enough) child.kill('SIGKILL')
    })
    await once(child, 'close')
    const lines = parseLines(output.slice(0, output.lastIndexOf('\n') + 1))
    acknowledged.push(...lines.map(({ recordingId }) => String(recordingId)))
  }
  const last = parseLines(await text(start(order, 'demo-nurse\n').stdout!))
  expect(last.map(({ file, outcome }) => [file, outcome])).toEqual(
    Array.from({ length: FILES }, (_, index) => [join(folder, `r${100 + index}.dcm`), 'screened']),
  )
  const recordings = new Set(last.map(({ recordingId }) => recordingId))
  expect(recordings.size).toBe(FILES)
  for (const id of acknowledged) expect(recordings).toContain(id)
  const audit = ['audit', 'verify', '--workspace', workspace, '--user', 'admin', '--password-stdin']
  expect(parseLines(await text(start(audit, 'demo-admin\n').stdout!))).toMatchObject([{ ok: true }])
})
