import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { reportTexts } from '../../src-main/reports/texts/index.ts'

const reports = join(import.meta.dirname, '../../src-main/reports')

describe('the words of a report', () => {
  it('are the same in every language, by name', () => {
    expect(namesOf(reportTexts.zh)).toEqual(namesOf(reportTexts.en))
  })

  it('are all written on some page', () => {
    const sources = readdirSync(reports, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.startsWith('texts'))
      .map((name) => readFileSync(join(reports, name), 'utf8'))
      .join('\n')
    const unused = Object.entries(reportTexts.en)
      .flatMap(([name, text]) => (name === 'handOut' || name === 'columns' ? Object.keys(text) : [name]))
      .filter((name) => !new RegExp(`\\.${name}\\b`).test(sources))
    expect(unused).toEqual([])
  })
})

function namesOf(texts: object, before = ''): string[] {
  return Object.entries(texts).flatMap(([name, text]) =>
    typeof text === 'object' && text !== null ? namesOf(text as object, `${before}${name}.`) : [before + name],
  )
}
