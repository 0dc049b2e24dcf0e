import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The typefaces of reports, under the SIL Open Font License: Noto Sans SC (Latin, Greek, Cyrillic, kana and 28,000 Han
 * characters, as China's standard GB 18030 asks for), and Noto Sans for Latin letters that it lacks.
 */
export const FONT_FILES = {
  regular: ['noto-sans-sc', '400Regular', 'NotoSansSC_400Regular.ttf'],
  bold: ['noto-sans-sc', '600SemiBold', 'NotoSansSC_600SemiBold.ttf'],
  spareRegular: ['noto-sans', '400Regular', 'NotoSans_400Regular.ttf'],
  spareBold: ['noto-sans', '600SemiBold', 'NotoSans_600SemiBold.ttf'],
} as const
export type FontName = keyof typeof FONT_FILES

/** In the repository the fonts lie where npm put them; a packaged application holds them among its resources. */
export function readFontFile(name: FontName): Uint8Array {
  const { resourcesPath, defaultApp } = process as { resourcesPath?: string; defaultApp?: boolean }
  const [family, style, file] = FONT_FILES[name]
  const path =
    resourcesPath !== undefined && defaultApp !== true
      ? join(resourcesPath, 'fonts', file)
      : join(import.meta.dirname, '..', '..', 'node_modules', '@expo-google-fonts', family, style, file)
  return readFileSync(path)
}
