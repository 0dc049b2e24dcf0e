/** `npm run notices`: writes THIRD-PARTY-NOTICES. With `--check` it only tells whether the file is current. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { ensureBuilt } from './ensure-built.ts'
import { noticesText } from './licences/notices-text.ts'
import { shippedPackages } from './licences/shipped-packages.ts'
import { inRepository } from './repository.ts'

await ensureBuilt()
const path = inRepository('THIRD-PARTY-NOTICES')
const text = noticesText(shippedPackages())
if (!process.argv.includes('--check')) {
  writeFileSync(path, text)
} else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
  console.error('THIRD-PARTY-NOTICES does not name what the build ships. Run "npm run notices" and commit it.')
  process.exitCode = 1
}
