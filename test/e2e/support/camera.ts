import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { choose } from './accessibility.ts'

const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
]
/** 200 % zoom of the smaller screen, and a large screen without any. */
const ZOOMED = { width: 683, height: 384 }
const LARGE = { width: 3840, height: 2160 }

type Language = 'en' | 'zh'
type Theme = 'light' | 'dark'

/** Takes pictures of what a page shows, in every size, language and theme that is wanted. */
export class Camera {
  readonly #page: Page
  readonly #folder: string
  readonly #words: readonly string[]

  /** @param words  only sizes, languages and themes among these; all where none of a kind is named */
  constructor(page: Page, folder: string, words: readonly string[]) {
    mkdirSync(folder, { recursive: true })
    this.#page = page
    this.#folder = folder
    this.#words = words
  }

  /** @param heightPx  a window so high shows all of a long page at once */
  async shoot(name: string, heightPx?: number): Promise<void> {
    for (const size of SIZES.filter(({ width }) => this.#wants(`${width}`, ['1366', '1920']))) {
      for (const language of (['en', 'zh'] as const).filter((one) => this.#wants(one, ['en', 'zh']))) {
        for (const theme of (['light', 'dark'] as const).filter((one) => this.#wants(one, ['light', 'dark']))) {
          await this.#take(name, { ...size, height: heightPx ?? size.height }, language, theme)
        }
      }
    }
    await this.rest()
  }

  /** The same page at 200 % zoom and on a screen of 3840 × 2160. */
  async shootZoomed(name: string): Promise<void> {
    await this.#take(`${name}-200`, ZOOMED, 'en', 'light')
    await this.#take(`${name}-200`, ZOOMED, 'zh', 'light')
    await this.#take(`${name}-4k`, LARGE, 'en', 'dark')
    await this.rest()
  }

  /** Back to the look in which the page is worked with. */
  async rest(): Promise<void> {
    await this.#page.setViewportSize(SIZES[0]!)
    await choose(this.#page, 'en', 'light')
  }

  async #take(name: string, size: { width: number; height: number }, language: Language, theme: Theme): Promise<void> {
    await this.#page.setViewportSize(size)
    await choose(this.#page, language, theme)
    await this.#page.waitForTimeout(250)
    const file = `${name}-${size.width}-${language}-${theme}.png`
    await this.#page.screenshot({ path: join(this.#folder, file) })
  }

  #wants(one: string, kind: readonly string[]): boolean {
    const named = kind.filter((word) => this.#words.includes(word))
    return named.length === 0 || named.includes(one)
  }
}
