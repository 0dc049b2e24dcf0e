/** `npm run kernel`: compiles the preprocessing kernel anew. A test fails while the committed one is not that of its source. */
import { writeFileSync } from 'node:fs'
import { compileKernel, KERNEL_OUTPUT } from './compile-kernel.ts'
import { inRepository } from './repository.ts'

writeFileSync(inRepository(KERNEL_OUTPUT), await compileKernel())
