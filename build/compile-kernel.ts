import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import asc from 'assemblyscript/asc'
import { inRepository } from './repository.ts'

const FOLDER = 'src-main/ecg/preprocessing/kernel'
export const KERNEL_OUTPUT = `${FOLDER}/lead.generated.ts`

/**
 * The module that holds the compiled preprocessing kernel: a few kilobytes of WebAssembly with its own memory and no
 * import, as text, so that every entry, test and bundle has it without a file beside it.
 *
 * @throws Error with the compiler's messages
 */
export async function compileKernel(): Promise<string> {
  const sources = inRepository(join(FOLDER, 'assembly'))
  let bytes = new Uint8Array()
  const { error, stderr } = await asc.main(
    ['lead.ts', '-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--use', 'abort=', '-o', 'lead.wasm'],
    {
      readFile: (name) => (existsSync(join(sources, name)) ? readFileSync(join(sources, name), 'utf8') : null),
      writeFile(name, contents) {
        if (name === 'lead.wasm') bytes = Uint8Array.from(contents as Uint8Array)
      },
      listFiles: () => [],
    },
  )
  if (error) throw new Error(stderr.toString())
  const text = Buffer.from(bytes).toString('base64')
  return `/** Compiled from assembly/lead.ts by \`npm run kernel\`. */\nexport const LEAD_KERNEL =\n  '${text}'\n`
}
