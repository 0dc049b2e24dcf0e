/** Builds the window alone, with the renderer part of electron.vite.config.ts, into out/renderer. */
import { build, type InlineConfig } from 'vite'
import config from '../../../electron.vite.config.ts'

export async function buildRenderer(): Promise<void> {
  const { renderer } = config as { renderer: InlineConfig }
  await build({
    ...renderer,
    configFile: false,
    base: './',
    logLevel: 'warn',
    build: { ...renderer.build, emptyOutDir: true },
  })
}

if (import.meta.main) await buildRenderer()
