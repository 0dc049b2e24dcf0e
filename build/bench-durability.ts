/**
 * `npm run bench:durability [TIMES]`: the power-loss replay and the kill storm of the tests, TIMES as long (default 10:
 * 1,000 power losses and 2,000 kills).
 */
import { runCommand } from './test-run/run-command.ts'

const times = Number(process.argv[2] ?? 10)
process.env['CARDIONETS_POWER_LOSSES'] = String(100 * times)
process.env['CARDIONETS_KILLS'] = String(200 * times)
process.exitCode = await runCommand('npx', ['vitest', 'run', '--project', 'node', 'test/registry/durability'])
