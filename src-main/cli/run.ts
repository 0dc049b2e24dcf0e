import { AppError } from '../../src-preload/contract/index.ts'
import { APP_VERSION } from '../app/version.ts'
import { ExitCode, UsageError } from './arguments.ts'
import { commandHelp, generalHelp } from './help.ts'

export type Command = (args: readonly string[]) => Promise<number>

// A command is loaded when it is called, so that `read` does not pay for the web server.
const commands: Record<string, () => Promise<Command>> = {
  read: async () => (await import('./read.ts')).read,
  screen: async () => (await import('./screen.ts')).screen,
  cine: async () => (await import('./cine.ts')).cine,
  convert: async () => (await import('./convert.ts')).convert,
  pack: async () => (await import('./pack.ts')).pack,
  doctor: async () => (await import('./doctor.ts')).doctor,
  serve: async () => (await import('./serve.ts')).serve,
  demo: async () => (await import('./demo.ts')).demo,
  registry: async () => (await import('./registry.ts')).registry,
  audit: async () => (await import('./audit.ts')).audit,
  backup: async () => (await import('./backup.ts')).backup,
  restore: async () => (await import('./restore.ts')).restore,
  study: async () => (await import('./study.ts')).study,
}

/**
 * Runs one command line.
 *
 * @param args everything behind `cardionets`
 * @returns the exit code: 0 all done, 1 some refused, 2 wrong usage
 */
export async function run(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  try {
    if (name === undefined) {
      console.error(generalHelp)
      return ExitCode.usage
    }
    if (name === '--help' || name === '-h' || name === 'help') {
      console.log(rest[0] === undefined ? generalHelp : commandHelp(rest[0]))
      return ExitCode.done
    }
    if (name === '--version') {
      console.log(APP_VERSION)
      return ExitCode.done
    }
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (!load) throw new UsageError(`There is no command "${name}".`)
    if (rest.includes('--help') || rest.includes('-h')) {
      console.log(commandHelp(name))
      return ExitCode.done
    }
    return await (
      await load()
    )(rest)
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(
        `cardionets: ${error.message} Try "cardionets ${name && name in commands ? `${name} ` : ''}--help".`,
      )
      return ExitCode.usage
    }
    if (error instanceof AppError) {
      console.error(`cardionets: ${error.message} (${error.code})`)
      return ExitCode.someRefused
    }
    throw error
  }
}
