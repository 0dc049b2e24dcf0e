import { UsageError } from './arguments.ts'
import { bundle } from './registry-bundle.ts'
import { importRows } from './registry-import.ts'

/** `cardionets registry import|bundle …` */
export async function registry(args: readonly string[]): Promise<number> {
  const [action, ...rest] = args
  switch (action) {
    case 'import':
      return importRows(rest)
    case 'bundle':
      return bundle(rest)
    default:
      throw new UsageError(`"registry" takes import or bundle; got "${action ?? ''}".`)
  }
}
