import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../registry/support.ts'
import { FIXTURES, parseLines, REPOSITORY } from './run-cli.ts'

/** One command with its standard input. */
async function cli(
  args: readonly string[],
  input = '',
): Promise<{ code: number; lines: Record<string, unknown>[]; messages: string }> {
  const child = spawn(process.execPath, [join(REPOSITORY, 'src-main', 'cli.ts'), ...args])
  child.stdin.end(input)
  const code = new Promise<number>((resolve) => child.on('close', resolve))
  const [stdout, messages] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await code, lines: parseLines(stdout), messages }
}

it(
  'makes, fills, examines, backs up and restores a workspace from the command line',
  { timeout: 300_000 },
  async () => {
    const workspace = join(temporaryFolder(), 'demo')
    // The first patient of this seed is a minor, for whom the pack gives no result.
    const made = await cli(['demo', '--patients', '20', '--recordings', '4', '--seed', '16', '--workspace', workspace])
    expect(made.code).toBe(0)
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
    expect(restored).toMatchObject({ code: 0, lines: [{ ok: true, patients: 21, recordings: 5 }] })
  },
)

it(
  'carries a registry to another workspace by a bundle, and by an export in open formats',
  { timeout: 300_000 },
  async () => {
    const folder = temporaryFolder()
    const [from, to] = ['from', 'to'].map((name) => join(folder, name)) as [string, string]
    await cli(['demo', '--patients', '3', '--recordings', '0', '--seed', '1', '--workspace', from])
    await cli(['demo', '--patients', '1', '--recordings', '0', '--seed', '9', '--workspace', to])
    const again = await cli(['demo', '--patients', '1', '--recordings', '0', '--workspace', to])
    expect(again).toMatchObject({
      code: 1,
      lines: [],
      messages: expect.stringContaining('Name an empty or a new folder'),
    })
    const as = (workspace: string) => ['--workspace', workspace, '--user', 'admin', '--password-stdin']
    const stick = join(folder, 'stick.cardionets-bundle')
    const input = 'demo-admin\na stick in a drawer\n'

    const written = await cli(['registry', 'bundle', 'export', stick, ...as(from)], input)
    expect(written).toMatchObject({ code: 0, lines: [{ ok: true, rows: { patient: 3 } }] })
    const { workspace: fingerprint } = written.lines[0] as { workspace: string }
    expect((await cli(['registry', 'bundle', 'import', stick, ...as(to)], input)).code).toBe(1)
    const taken = await cli(['registry', 'bundle', 'import', stick, ...as(to), '--trust', fingerprint], input)
    // Each made-up registry numbers its patients from 1: the first of either has the other's id.
    expect(taken).toMatchObject({ code: 0, lines: [{ kind: 'same-id' }, { ok: true, added: { patient: 3 }, openConflicts: 1 }] }) // prettier-ignore

    const open = join(folder, 'open')
    expect(await cli(['registry', 'export', open, ...as(from)], input)).toMatchObject({ code: 0, lines: [{ ok: true, rows: { patient: 3 } }] }) // prettier-ignore
    expect(readdirSync(open)).toEqual(expect.arrayContaining(['manifest.json', 'patient.csv', 'readme.txt']))
    expect((await cli(['registry', 'import-export', open, ...as(to)], input)).code).toBe(1)
  },
)
