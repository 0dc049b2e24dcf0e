import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

export type Bundle = 'main' | 'renderer'

const recordPath = (outDir: string, bundle: Bundle): string => join(outDir, `bundled-${bundle}.json`)

/**
 * A bundler plugin that notes the packages of which something is in the output: what the build ships of others, and so
 * what THIRD-PARTY-NOTICES and the SBOM must name.
 */
export function recordBundled(outDir: string, bundle: Bundle): Plugin {
  const directories = new Set<string>()
  return {
    name: 'record-bundled-packages',
    apply: 'build',
    generateBundle(_options, output) {
      for (const chunk of Object.values(output)) {
        if (chunk.type !== 'chunk') continue
        // Also modules of which no text is left: they pass on others (vue) or are in the bundle's style sheet.
        for (const id of chunk.moduleIds) {
          const directory = packageDirectory(id)
          if (directory) directories.add(directory)
        }
      }
    },
    writeBundle() {
      mkdirSync(outDir, { recursive: true })
      writeFileSync(recordPath(outDir, bundle), JSON.stringify([...directories].sort(), null, 2) + '\n')
    },
  }
}

/** @returns folders of packages from the repository's top, as the last build noted them */
export function readBundled(outDir: string, bundle: Bundle): string[] {
  return JSON.parse(readFileSync(recordPath(outDir, bundle), 'utf8')) as string[]
}

/** `…/node_modules/@scope/name/file.js?query` → `node_modules/@scope/name`, nested ones with their parents. */
export function packageDirectory(moduleId: string): string | undefined {
  const path = moduleId.replaceAll('\\', '/')
  const match = /^.*?\/(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(path)
  return match?.[1]
}
