/** Builds the window alone, with the renderer part of electron.vite.config.ts, into out/renderer. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { build, type InlineConfig } from 'vite'
import config from '../../../electron.vite.config.ts'

const root = join(import.meta.dirname, '../../..')
const built = join(root, 'out/renderer/index.html')

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

/** Builds only where a source is newer than what is there. */
export async function ensureRendererBuilt(): Promise<void> {
  const sources = ['src-renderer', 'src-preload'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(root, folder, name)),
  )
  const newest = Math.max(...sources.map((path) => statSync(path).mtimeMs))
  if (!existsSync(built) || statSync(built).mtimeMs < newest) await buildRenderer()
}

if (import.meta.main) await buildRenderer()
