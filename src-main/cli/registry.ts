import { UsageError } from './arguments.ts'
import { batch } from './registry-batch.ts'
import { bundle } from './registry-bundle.ts'
import { exportFolder, importFolder } from './registry-export.ts'
import { importRows } from './registry-import.ts'

/** `cardionets registry import|batch|export|import-export|bundle …` */
export async function registry(args: readonly string[]): Promise<number> {
  const [action, ...rest] = args
  switch (action) {
    case 'import':
      return importRows(rest)
    case 'batch':
      return batch(rest)
    case 'export':
      return exportFolder(rest)
    case 'import-export':
      return importFolder(rest)
    case 'bundle':
      return bundle(rest)
    default:
      throw new UsageError(`"registry" takes import, batch, export, import-export or bundle; got "${action ?? ''}".`)
  }
}
