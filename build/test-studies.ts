import { spawnSync } from 'node:child_process'
import { inRepository, repositoryDir } from './repository.ts'

/**
 * The tests of reader studies at full size: 111 cases × 6 readers through the application, 500 null studies, 10,000
 * sequences, 1,000 kills of a reading process, 1,000 steps of the clock, 1,000 items and 1,000 probed cines an arm.
 */
const vitest = inRepository('node_modules', 'vitest', 'vitest.mjs')
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--project', 'node', 'test/reader-study', 'test/app/studies'],
  {
    cwd: repositoryDir,
    stdio: 'inherit',
    env: { ...process.env, CARDIONETS_LONG: '1' },
  },
)
process.exitCode = status ?? 1
