/// <reference types="node" />
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../src-renderer')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** What stands on a key, as `useShortcuts` names it. */
const NAMES: Readonly<Record<string, string>> = {
  Space: ' ',
  Esc: 'Escape',
  '−': '-',
  '←': 'ArrowLeft',
  '→': 'ArrowRight',
  '↑': 'ArrowUp',
  '↓': 'ArrowDown',
}
/** The same by another key: a keyboard that has + above =, and a lock that works while one types. */
const ALIASES = ['=', 'ctrl+shift+l']

const sheet = read('components/frame/ShortcutList.vue')
const listed = new Set(
  [...sheet.matchAll(/keys: \[([^\n]*?)\], label/g)].flatMap(([, keys]) => {
    const names = [...keys!.matchAll(/'([^']+)'/g)].map(
      ([, key]) => NAMES[key!] ?? (key!.length === 1 ? key!.toLowerCase() : key!),
    )
    return names[0] === 'Ctrl' ? [`ctrl+${names.slice(1).join('+')}`] : names
  }),
)

/** The keys of every object that is handed to `useShortcuts`: on one line, or one a line at one indent. */
const used = globSync('**/*.{vue,ts}', { cwd: root }).flatMap((path) =>
  read(path)
    .split('useShortcuts({')
    .slice(1)
    .flatMap((after) => {
      const indent = /^\n( +)/.exec(after)?.[1]
      const body = indent === undefined ? after.split('\n', 1)[0]! : after.split(`\n${indent.slice(2)}}`, 1)[0]!
      const keys =
        indent === undefined ? /^\s*(?:'([^'\n]+)'|(\w+)): / : new RegExp(`^${indent}(?:'([^'\n]+)'|(\\w+)): `, 'gm')
      const found = indent === undefined ? [keys.exec(body)!] : [...body.matchAll(keys)]
      return found.map(([, quoted, bare]) => ({ path, name: quoted ?? bare! }))
    }),
)

describe('the shortcut sheet', () => {
  it('lists every key that some part of the window listens to', () => {
    expect(used.length).toBeGreaterThan(30)
    expect(used.filter(({ name }) => !listed.has(name) && !ALIASES.includes(name))).toEqual([])
  })

  it('lists no key that nothing listens to', () => {
    const names = new Set(used.map(({ name }) => name))
    expect([...listed].filter((name) => !names.has(name))).toEqual([])
  })
})
