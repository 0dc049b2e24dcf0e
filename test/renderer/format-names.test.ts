/// <reference types="node" />
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FORMAT_NAMES } from '../../src-preload/contract/provenance/format-names.ts'
import { translateUnits } from '../../src-preload/contract/provenance/words.ts'

const FORMATS = join(import.meta.dirname, '../../src-main/ecg/formats')

describe('file formats in the window', () => {
  it('have a product name for every reader', () => {
    const readers = readdirSync(FORMATS)
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => [...readFileSync(join(FORMATS, name), 'utf8').matchAll(/^ {2}id: '([^']+)'/gm)])
    expect(readers.map(([, id]) => id).sort()).toEqual(Object.keys(FORMAT_NAMES).sort())
  })

  it.each([
    ['resolution 5000 nV/unit in the header', '头文件中的分辨率：每单位 5000 nV'],
    [
      '-3000 to 3000 uV for -8388608 to 8388607 in the BDF header',
      'BDF 头文件：-8388608 至 8388607 对应 -3000 至 3000 uV',
    ],
    ['amplitude multiplier 20000 nV/unit in section 6', '第 6 节中的幅度倍数：每单位 20000 nV'],
    ['mV as the JSON text states', '按 JSON 文本所注：mV'],
  ])('say in Chinese where millivolts came from: %s', (english, chinese) => {
    expect(translateUnits('zh', english)).toBe(chinese)
  })
})
