import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeCases } from './reference/suite.ts'

const named = process.env['CARDIONETS_REFERENCE']
const folder = named ?? join(import.meta.dirname, '../../../shared/reference/statistics')

describe('established software and publications', () => {
  // Cases are read while tests are collected, so an absent folder has a test of its own: skipped, or red if asked for.
  if (existsSync(folder)) describeCases(folder)
  else if (named === undefined) it.skip(`no reference folder at ${folder}`, () => undefined)
  else it('finds the folder named by CARDIONETS_REFERENCE', () => expect.fail(`there is no folder ${named}`))
})
