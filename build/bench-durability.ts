/**
 * `npm run bench:durability [TIMES]`: the durability tests, TIMES as long (default 10: 1,000 power losses, 2,000 kills,
 * 100 kills in the middle of the migration from each version, 100 restored backups, 3,000 flipped bits, 10,000 attacks
 * on the audit trail, 10,000 guesses of a password, and 200 timed pairs of sign-ins).
 */
import { runCommand } from './test-run/run-command.ts'

const times = Number(process.argv[2] ?? 10)
process.env['CARDIONETS_POWER_LOSSES'] = String(100 * times)
process.env['CARDIONETS_KILLS'] = String(200 * times)
process.env['CARDIONETS_MIGRATION_KILLS'] = String(10 * times)
process.env['CARDIONETS_RESTORES'] = String(10 * times)
process.env['CARDIONETS_FLIPS'] = String(300 * times)
process.env['CARDIONETS_TRAIL_ATTACKS'] = String(1000 * times)
process.env['CARDIONETS_GUESSES'] = String(1000 * times)
process.env['CARDIONETS_TIMED_SIGN_INS'] = String(20 * times)
process.exitCode = await runCommand('npx', [
  'vitest',
  'run',
  '--project',
  'node',
  'test/registry/durability',
  'test/registry/backup.test.ts',
  'test/registry/bit-flips.test.ts',
  'test/registry/audit.test.ts',
  'test/registry/login-abuse.test.ts',
])
