/// <reference types="node" />
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import en from '@/locales/en/index.ts'
import { translateFinding, translateSentence } from '@/locales/sentences.ts'
import { studyFindings } from '@/locales/zh/study-findings.ts'
import zh from '@/locales/zh/index.ts'
import { zhSentences } from '@/locales/zh/sentences.ts'
import { zhSources } from '../../src-preload/contract/provenance/zh-sources.ts'
import { translateUnits } from '../../src-preload/contract/provenance/words.ts'

type Tree = { [key: string]: string | Tree }

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flatten(value, `${prefix}${key}.`)],
    ),
  )
}

/** Correction formulae bear their authors’ names. */
const QTC_NAMES = ['Bazett', 'Fridericia', 'Framingham', 'Hodges'].map((author) => `measuring.names.qtc${author}Ms`)

const english = flatten(en)
const chinese = flatten(zh)
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort()

describe('the two languages', () => {
  it('hold the same keys', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it('hold the same placeholders in every message', () => {
    const differing = [...english].filter(
      ([key, text]) => String(placeholders(chinese.get(key) ?? '')) !== String(placeholders(text)),
    )
    expect(differing).toEqual([])
  })

  it('have every message that the window asks for', () => {
    const window = join(import.meta.dirname, '../../src-renderer')
    const asked = readdirSync(window, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(vue|ts)$/.test(name) && !name.startsWith('locales'))
      .flatMap((name) => [...readFileSync(join(window, name), 'utf8').matchAll(/\bt\(\s*'([^']+)'/g)])
      .map(([, key]) => key!)
    expect(asked.length).toBeGreaterThan(500)
    expect([...new Set(asked)].filter((key) => !english.has(key))).toEqual([])
  })

  it('leave nothing in English but names and signs', () => {
    const names = ['frame.product', 'models.appVersion', 'models.columnAuc', ...QTC_NAMES]
    const left = [...chinese].filter(
      ([key, text]) =>
        !/\p{Script=Han}/u.test(text) && /[A-Za-z]{2}/.test(text.replace(/\{\w+\}/g, '')) && !names.includes(key),
    )
    expect(left).toEqual([])
  })

  it('have words for everything that the audit trail names', () => {
    const main = join(import.meta.dirname, '../../src-main')
    const texts = readdirSync(main, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(main, name), 'utf8'))
    const found = (pattern: RegExp): string[] =>
      texts.flatMap((text) => [...text.matchAll(pattern)].map(([, it]) => it!))
    const notes = /action: [^}]*?kind: '([a-z-]+)'/g
    const log = readFileSync(join(main, 'reader-study/reading/log.ts'), 'utf8')
    const inLog = [...log.matchAll(/kind: z\.literal\('([a-z-]+)'\)/g)].map(([, kind]) => `study:${kind}`)
    const actions = [...found(/action: '([a-z-]+:[a-z-]+)'/g), ...inLog]
    expect(actions.length).toBeGreaterThan(60)
    const keys = [
      ...actions.map((name) => `audit.did_${name.replaceAll(/[:-]/g, '_')}`),
      ...found(notes).map((name) => `audit.kind_${name.replaceAll('-', '_')}`),
    ]
    expect([...new Set(keys)].filter((key) => !english.has(key))).toEqual([])
  })

  it('hold no text that nothing in the window shows', () => {
    const used = keysIn(join(import.meta.dirname, '../../src-renderer'))
    const unused = [...english.keys()].filter(
      (key) =>
        !used.whole.has(key) &&
        // A list: `texts('manual.use', 3)`.
        !used.whole.has(key.replace(/\d+$/, '')) &&
        !used.beginnings.some((beginning) => key.startsWith(beginning)),
    )
    expect(unused).toEqual([])
  })

  it('uses no character that the message syntax would swallow', () => {
    for (const text of [...english.values(), ...chinese.values()]) expect(text).not.toMatch(/@[:.]/)
  })
})

describe('sentences of refusals', () => {
  it('keeps what main found as detail beside the Chinese sentence', () => {
    const error = { code: 'host/busy', message: 'Busy with two files.' }
    expect(translateSentence('zh', error)).toEqual({ text: zhSentences['host/busy'], detail: 'Busy with two files.' })
    expect(translateSentence('en', error)).toEqual({ text: 'Busy with two files.' })
  })

  it('words every finding of a study in Chinese, with all of its values', () => {
    const folder = join(import.meta.dirname, '../../src-main')
    const sources = ['reader-study', 'app/studies']
      .flatMap((name) =>
        readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, name, file)),
      )
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n')
    const found = (pattern: RegExp, prefix = ''): string[] =>
      [...sources.matchAll(pattern)].map((one) => prefix + one[1]!)
    const codes = new Set([
      ...found(/code: '((?:study|cine|balance|table)\/[a-z-]+)'/g),
      ...found(/[?:] '(cine\/taken-[a-z]+)'/g),
      ...found(/problem\([^,]+,\s*'([a-z-]+)'/g, 'protocol/'),
      ...found(/refuse\([^,]+,\s*'([a-z-]+)'/g, 'table/'),
    ])
    expect([...codes].sort()).toEqual(Object.keys(studyFindings).sort())
    const finding = {
      code: 'table/case-twice',
      values: { case: 7, row: 3 },
      message: 'Case 7 stands in row 3 already.',
    }
    expect(translateFinding('zh', finding)).toEqual({ text: '病例 7 已出现在第 3 行。' })
    expect(translateFinding('en', finding)).toEqual({ text: finding.message })
    const refusal = { code: 'study/cine-missing', values: {}, message: 'None is named.' }
    expect(translateFinding('zh', refusal)).toEqual({
      text: zhSentences['study/cine-missing'],
      detail: 'None is named.',
    })
  })

  it('shows an unknown code with main’s own words in every language', () => {
    expect(translateSentence('zh', { code: 'new/code', message: 'Found X. Do Y.' })).toEqual({ text: 'Found X. Do Y.' })
  })

  it('say in Chinese where millivolts came from, with the numbers of the file', () => {
    expect(translateUnits('zh', 'gain 2000 adu/mV in the header')).toBe('头文件中的增益 2000 adu/mV')
    expect(translateUnits('zh', '4.88 µV per unit in the file')).toBe('文件中每单位 4.88 µV')
    expect(translateUnits('zh', 'some new wording')).toBe('some new wording')
    expect(translateUnits('en', 'gain 2000 adu/mV in the header')).toBe('gain 2000 adu/mV in the header')
  })

  it('say in Chinese where rate and lead names came from, for every sentence of the readers', () => {
    const folder = join(import.meta.dirname, '../../src-main/ecg')
    const sentences = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => [
        ...readFileSync(join(folder, name), 'utf8').matchAll(/(?:rate|lead)Source: [^\n]*?'([^'\n]+)'/g),
      ])
      .map(([, sentence]) => sentence!)
    expect(sentences.length).toBeGreaterThan(20)
    expect(sentences.filter((sentence) => !zhSources[sentence])).toEqual([])
  })

  it('exist in Chinese for every code that main can send', () => {
    const root = join(import.meta.dirname, '../..')
    const codes = codesIn(['src-main', 'src-preload', 'src-renderer'].map((folder) => join(root, folder)))
    expect(codes.length).toBeGreaterThan(50)
    expect(
      codes.filter((code) => !zhSentences[code] && !studyFindings[code]),
      'missing in src-renderer/locales/zh/sentences.ts',
    ).toEqual([])
  })
})

/** What the sources name of the texts: whole keys, and what stands before the first `${` of a composed one. */
function keysIn(folder: string): { whole: Set<string>; beginnings: string[] } {
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|vue)$/.test(name) && !/^locales[\\/](en|zh)[\\/]/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
  const found = (pattern: RegExp): string[] => [...sources.matchAll(pattern)].map(([, key]) => key!)
  return {
    whole: new Set(found(/['"`]([A-Za-z][\w-]*(?:\.[\w-]+)+)['"`]/g)),
    beginnings: found(/`([A-Za-z][\w-]*\.[\w.-]*)\$\{/g),
  }
}

/** Codes as the sources write them: the first argument of an AppError, or the `code` of a warning or mark. */
function codesIn(folders: readonly string[]): string[] {
  const codes = new Set<string>()
  for (const folder of folders.filter((path) => existsSync(path))) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      // The command line speaks English only.
      if (!/\.(ts|vue)$/.test(name) || name.startsWith('cli')) continue
      const source = readFileSync(join(folder, name), 'utf8')
      for (const match of source.matchAll(
        /(?:AppError\(\s*|code: |fail\w*\(\s*|refuse\w*\(\s*|warn\w*\(\s*)'([a-z0-9-]+\/[a-z0-9-]+)'/g,
      )) {
        codes.add(match[1]!)
      }
    }
  }
  return [...codes].sort()
}
