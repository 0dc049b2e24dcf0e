import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openPdf, textOf } from '../reports/read-pdf.ts'
import { FIXTURES, runCli } from './run-cli.ts'

const HEADER = join(FIXTURES, 'HR06000.hea')

it('writes one report a recording, the same bytes run after run', async () => {
  const run = async (): Promise<Buffer> => {
    const out = mkdtempSync(join(tmpdir(), 'cardionets-report-'))
    const args = ['--report', '--report-language', 'zh', '--paper', 'Letter', '--patient-page', '--out', out]
    const { code, lines } = await runCli(['screen', HEADER, ...args])
    expect(code).toBe(0)
    const report = lines[0]!['report'] as { path: string; bytes: number; sha256: string }
    // The cine is for the report alone.
    expect(readdirSync(out)).toEqual(['HR06000-ba493233.report.pdf'])
    const bytes = readFileSync(report.path)
    expect([report.bytes, report.sha256]).toEqual([bytes.length, createHash('sha256').update(bytes).digest('hex')])
    return bytes
  }
  const [first, second] = [await run(), await run()]
  expect(second.equals(first)).toBe(true)
  const pages = await openPdf(first)
  expect(pages).toHaveLength(2)
  expect(await textOf(pages[0]!)).toContain('未经审阅')
})
