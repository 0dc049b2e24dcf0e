/** `npm run roles`: writes docs/roles.md anew. A test fails until it says what the contract says. */
import { writeFileSync } from 'node:fs'
import { inRepository } from './repository.ts'
import { rolesTable } from './roles-table.ts'

writeFileSync(inRepository('docs/roles.md'), rolesTable())
