import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { describeCases } from './reference/suite.ts'

const folder = process.env['CARDIONETS_REFERENCE'] ?? join(import.meta.dirname, '../../../shared/reference/statistics')

describe('established software and publications', () => {
  // Cases are read while tests are collected, so an absent folder has a test of its own that shows as skipped.
  if (existsSync(folder)) describeCases(folder)
  else it.skip(`no reference folder at ${folder}`, () => undefined)
})
