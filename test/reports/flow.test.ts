import { describe, expect, it } from 'vitest'
import { Flow } from '../../src-main/reports/document/flow.ts'
import { ticks } from '../../src-main/reports/document/ticks.ts'
import { openPdf, textOf } from './read-pdf.ts'

const OPTIONS = {
  title: 'Study',
  subject: 'Results',
  language: 'en',
  date: new Date('2026-01-02T03:04:05Z'),
  producer: 'test',
  paper: 'A4',
  footer: 'A study of nobody',
  pageOf: (page: number, of: number) => `page ${page} of ${of}`,
} as const

function write(rows: number): Promise<Uint8Array> {
  const flow = new Flow(OPTIONS)
  flow.heading(1, 'Results')
  flow.paragraph('What was found.', { caution: true })
  flow.facts([['Readers', '5']])
  flow.charts([
    {
      description: 'ROC curve of the readers',
      title: 'ROC',
      x: { title: '1 − specificity', range: [0, 1] },
      y: { title: 'sensitivity', range: [0, 1] },
      guides: [{ from: [0, 0], to: [1, 1] }],
      series: [
        {
          name: 'ECG',
          kind: 'steps',
          points: [
            [0, 0],
            [0.2, 0.6],
            [1, 1],
          ],
        },
        { name: 'ECG + CMR', kind: 'points', points: [[0.1, 0.8]], intervals: [[0.7, 0.9]] },
      ],
    },
  ])
  flow.table({
    columns: [{ title: 'Case' }, { title: 'Score', widthMm: 30, align: 'right' }],
    rows: Array.from({ length: rows }, (_, index) => [`case ${index}`, { text: String(index), bold: true }]),
  })
  return flow.finish()
}

/** Lines of text down the page, then facts. */
function filled(facts: number, { lines = 36, heading = true } = {}): Promise<Uint8Array> {
  const flow = new Flow(OPTIONS)
  for (let line = 0; line < lines; line++) flow.paragraph('One line.')
  const pairs = Array.from({ length: facts }, (_, index) => [`name ${index}.`, 'value'] as const)
  if (heading) flow.heading(2, 'Facts of it', flow.firstFactsMm(pairs))
  flow.facts(pairs)
  return flow.finish()
}

describe('a running document', () => {
  it('takes a long table to further pages, with its head on each and every row once', async () => {
    const pages = await openPdf(await write(150))
    const texts = await Promise.all(pages.map(textOf))
    expect(pages.length).toBeGreaterThan(2)
    for (const [index, text] of texts.entries()) {
      expect(text).toContain('Score')
      expect(text).toContain(`page ${index + 1} of ${pages.length}`)
      expect(text).toContain('A study of nobody')
    }
    const cases = [...texts.join(' ').matchAll(/case (\d+)/g)].map(([, number]) => Number(number))
    expect(cases).toEqual(Array.from({ length: 150 }, (_, index) => index))
  })

  it.each([true, false])('keeps facts whole, with the heading above them where there is one (%s)', async (heading) => {
    const texts = await Promise.all((await openPdf(await filled(12, { heading }))).map(textOf))
    expect(texts).toHaveLength(2)
    const names = Array.from({ length: 12 }, (_, index) => `name ${index}.`)
    for (const word of heading ? ['Facts of it', ...names] : names) expect(texts[1], word).toContain(word)
  })

  it('fills what is left of a page with the beginning of a long table', async () => {
    const texts = await Promise.all((await openPdf(await filled(45, { lines: 28 }))).map(textOf))
    expect(texts).toHaveLength(2)
    expect(texts[0]).toContain('name 0.')
    expect(texts[1]).toContain('name 44.')
  })

  it('is the same bytes for the same calls, and reads its charts out', async () => {
    const [first, second] = [await write(3), await write(3)]
    expect(Buffer.from(first).equals(second)).toBe(true)
    const [page] = await openPdf(first)
    expect(JSON.stringify(await page!.getStructTree())).toContain('ROC curve of the readers')
  })
})

it('marks an axis at round numbers', () => {
  expect(ticks([0, 1])).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
  expect(ticks([-0.12, 0.31])).toEqual([-0.1, 0, 0.1, 0.2, 0.3])
})
