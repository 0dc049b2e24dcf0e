/**
 * `npm run planted-defects [WORD]`: makes one line of a copy of this program wrong at a time and runs the test that must
 * then be red; first all of those tests, unplanted, which must be green. With WORD, only guards that contain it. Exit
 * code 1 where a defect was not seen.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { REGISTRY_DEFECTS, type PlantedDefect } from './planted/registry-defects.ts'
import { inRepository } from './repository.ts'

const COPIED = ['src-main', 'src-preload', 'test', 'build', 'docs', 'package.json', 'vitest.config.ts']
const LINKED = ['node_modules', 'models', 'src-renderer']
const wanted = REGISTRY_DEFECTS.filter(({ guard }) => guard.includes(process.argv[2] ?? ''))

const copy = mkdtempSync(join(tmpdir(), 'cardionets-planted-'))
try {
  for (const name of COPIED) cpSync(inRepository(name), join(copy, name), { recursive: true, filter: isSource })
  for (const name of LINKED) symlinkSync(inRepository(name), join(copy, name), 'junction')
  const sound = run([...new Set(wanted.map(({ test }) => test))], wanted)
  if (sound.failed) throw new Error(`Without a defect these tests are red:\n${sound.output}`)
  const unseen = wanted.filter((defect) => !isSeen(defect))
  console.log(`${wanted.length - unseen.length} of ${wanted.length} defects seen`)
  if (unseen.length > 0) process.exitCode = 1
} finally {
  rmSync(copy, { recursive: true, force: true })
}

function isSource(path: string): boolean {
  return !path.startsWith(inRepository('build', 'cache'))
}

function isSeen(planted: PlantedDefect): boolean {
  const path = join(copy, planted.file)
  const sound = readFileSync(path, 'utf8')
  let text = sound
  for (const [from, to] of planted.edits) {
    if (text.split(from).length !== 2) throw new Error(`${planted.file} does not hold once: ${from}`)
    text = text.replace(from, () => to)
  }
  writeFileSync(path, text)
  const { failed, output } = run([planted.test], [planted])
  writeFileSync(path, sound)
  const seen = failed && output.includes(planted.name)
  console.log(`${seen ? 'seen  ' : 'MISSED'} ${planted.guard.padEnd(18)} ${planted.defect}`)
  if (!seen) console.error(output)
  return seen
}

/** Runs the named tests of some files. */
function run(files: readonly string[], tests: readonly Pick<PlantedDefect, 'name'>[]) {
  const names = tests.map(({ name }) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  const vitest = join('node_modules', 'vitest', 'vitest.mjs')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [vitest, 'run', '--project', 'node', '-t', names, ...files],
    { cwd: copy, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
  )
  return { failed: status !== 0, output: stdout + stderr }
}
