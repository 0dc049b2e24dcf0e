import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../registry/support.ts'
import { FIXTURES, parseLines, REPOSITORY } from './run-cli.ts'

/** One command with its standard input. */
async function cli(args: readonly string[], input = ''): Promise<{ code: number; lines: Record<string, unknown>[] }> {
  const child = spawn(process.execPath, [join(REPOSITORY, 'src-main', 'cli.ts'), ...args], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  child.stdin.end(input)
  const code = new Promise<number>((resolve) => child.on('close', resolve))
  const stdout = await text(child.stdout)
  return { code: await code, lines: parseLines(stdout) }
}

it(
  'makes, fills, examines, backs up and restores a workspace from the command line',
  { timeout: 300_000 },
  async () => {
    const workspace = join(temporaryFolder(), 'demo')
    const made = await cli(['demo', '--patients', '20', '--seed', '3', '--workspace', workspace])
    const { users, recoveryCode } = made.lines[0] as {
      users: { name: string; password: string }[]
      recoveryCode: string
    }
    const as = (name: string) => [...['--workspace', workspace, '--user', name], '--password-stdin']
    const passwordOf = (name: string): string => `${users.find((user) => user.name === name)!.password}\n`

    const rows = [
      { id: 'P1', name: '王小明', birthDate: '1980-02-03' },
      { id: 'P1', name: 'taken' },
      { file: join(FIXTURES, 'HR06000.hea'), patient: 'P1', id: 'first' },
    ]
    const input = passwordOf('nurse') + rows.map((row) => JSON.stringify(row)).join('\n')
    const imported = await cli(['registry', 'import', '-', ...as('nurse')], input)
    expect(imported.code).toBe(1)
    expect(imported.lines.map(({ id, ok }) => [id, ok])).toEqual([['P1', true], ['P1', false], ['first', true]]) // prettier-ignore

    const verified = await cli(['audit', 'verify', ...as('admin')], passwordOf('admin'))
    expect(verified).toMatchObject({ code: 0, lines: [{ ok: true }] })

    expect((await cli(['backup', ...as('admin')], passwordOf('admin'))).code).toBe(0)
    const folder = join(workspace, 'backups')
    const backup = join(
      folder,
      readdirSync(folder).find((name) => name.startsWith('cardionets-backup-'))!,
    )
    const elsewhere = join(temporaryFolder(), 'restored')
    const where = ['--workspace', elsewhere, '--user', 'doctor', '--code-stdin']
    const restored = await cli(['restore', backup, ...where], `${recoveryCode}\na new password\n`)
    expect(restored).toMatchObject({ code: 0, lines: [{ ok: true, patients: 21, recordings: 1 }] })
  },
)
