/** Shows that the import rules bite: plants forbidden imports in a small copy of the folders and runs the checker. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inRepository } from '../../build/repository.ts'

const allowed: Record<string, string> = {
  'src-preload/contract/index.ts': 'export const channel = 1',
  'src-preload/index.ts': "import './contract/index.ts'\nimport 'electron'",
  'src-preload/web-api.ts': "import './contract/index.ts'",
  'src-main/app/service.ts': "import '../../src-preload/contract/index.ts'",
  'src-main/hosts/electron/window.ts': "import 'electron'",
  'src-main/hosts/browser/host.ts': "import 'node:http'\nimport 'ws'",
  'src-main/inference/runtime.ts': "import 'onnxruntime-node'",
  'src-main/registry/database.ts': "import 'better-sqlite3-multiple-ciphers'",
  'src-renderer/view.ts': "import '../src-preload/contract/index.ts'\nimport '../src-preload/web-api.ts'",
}

const forbidden: [rule: string, file: string, text: string][] = [
  ['window-and-main-meet-in-the-contract', 'src-renderer/a.ts', "import '../src-main/app/service.ts'"],
  ['window-and-main-meet-in-the-contract', 'src-renderer/b.ts', "import '../src-preload/index.ts'"],
  ['preload-knows-neither-side', 'src-preload/c.ts', "import '../src-main/app/service.ts'"],
  ['main-does-not-import-the-window', 'src-main/app/d.ts', "import '../../src-renderer/view.ts'"],
  ['contract-imports-zod-only', 'src-preload/contract/e.ts', "import 'vue'"],
  ['electron-at-the-edge', 'src-main/app/f.ts', "import 'electron'"],
  ['one-place-for-onnx', 'src-main/app/g.ts', "import 'onnxruntime-node'"],
  ['one-place-for-sqlite', 'src-main/app/h.ts', "import 'better-sqlite3-multiple-ciphers'"],
  ['one-place-for-sockets', 'src-main/app/i.ts', "import 'node:https'"],
  ['one-place-for-sockets', 'src-main/hosts/electron/j.ts', "import 'node:net'"],
  ['pure-domains', 'src-main/ecg/k.ts', "import '../app/service.ts'"],
  ['pure-domains-no-disk-no-clock', 'src-main/statistics/l.ts', "import 'node:fs'"],
  ['no-cycles', 'src-main/app/m.ts', "import './m.ts'"],
]

let directory: string
let found: { file: string; rule: string }[]

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'cardionets-imports-'))
  cpSync(inRepository('build', 'import-rules.cjs'), join(directory, 'import-rules.cjs'))
  cpSync(inRepository('tsconfig.json'), join(directory, 'tsconfig.json'))
  const planted = Object.fromEntries(forbidden.map(([, file, text]) => [file, text]))
  for (const [path, text] of Object.entries({ ...allowed, ...planted })) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), text)
  }
  const checker = inRepository('node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs')
  const args = ['--config', 'import-rules.cjs', '--output-type', 'json', 'src-main', 'src-preload', 'src-renderer']
  const { stdout, stderr } = spawnSync(process.execPath, [checker, ...args], { cwd: directory, encoding: 'utf8' })
  if (stdout === '') throw new Error(stderr)
  const { summary } = JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } }
  found = summary.violations.map(({ from, rule }) => ({ file: from, rule: rule.name }))
})
afterAll(() => rmSync(directory, { recursive: true }))

describe('the import rules', () => {
  it.each(forbidden)('%s: %s', (rule, file) => {
    expect(found.filter((violation) => violation.file === file)).toContainEqual({ file, rule })
  })

  it('let pass what the architecture wants', () => {
    expect(found.filter(({ file }) => file in allowed)).toEqual([])
  })
})
