import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** Starts the writer; `acknowledged` fills as it works. */
export function startWriter(
  directory: string,
  key: Buffer,
  from: number,
  count: number,
  options: { mode?: string; env?: Record<string, string> } = {},
) {
  const args = [join(import.meta.dirname, 'writer.ts'), directory, key.toString('hex'), String(from), String(count), ...(options.mode ? [options.mode] : [])] // prettier-ignore
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  })
  const acknowledged: string[] = []
  let rest = ''
  let errors = ''
  let ready = (): void => undefined
  const isReady = new Promise<void>((resolve) => (ready = resolve))
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop()!
    for (const line of lines) {
      if (line === 'ready') ready()
      else acknowledged.push(line)
    }
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const ended = new Promise<string>((resolve) => {
    child.on('close', () => {
      ready()
      resolve(errors)
    })
  })
  return { child, acknowledged, isReady, ended }
}
