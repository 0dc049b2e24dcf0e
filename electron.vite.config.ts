import { resolve } from 'node:path'
import { defineConfig } from 'electron-vite'
import vue from '@vitejs/plugin-vue'
import { recordBundled } from './build/licences/record-bundled.ts'

const at = (path: string): string => resolve(import.meta.dirname, path)

export default defineConfig({
  main: {
    plugins: [recordBundled(at('out'), 'main')],
    // Its entry for Node declares a `require` of its own, which clashes with the one that bundled modules are given.
    resolve: { alias: { fflate: 'fflate/browser' } },
    build: {
      outDir: 'out/main',
      target: 'node24.18',
      rolldownOptions: {
        checks: { bundlerTimings: false },
        input: {
          main: at('src-main/main.ts'),
          cli: at('src-main/cli.ts'),
          reader: at('src-main/app/reading/reader-process.ts'),
          inference: at('src-main/inference/process/inference-process.ts'),
          'registry-worker': at('src-main/registry/worker/registry-worker.ts'),
          'export-worker': at('src-main/app/exports/open/export-worker.ts'),
        },
        // Chunks lie beside the entries, so that import.meta.dirname is out/main in all of them.
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node24.18',
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: {
        checks: { bundlerTimings: false },
        input: { index: at('src-preload/index.ts') },
        // A sandboxed preload script must be one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src-renderer'),
    resolve: { alias: { '@': at('src-renderer'), '@contract': at('src-preload/contract/index.ts') } },
    // Hoisted static nodes are inserted by innerHTML, which the content security policy blocks.
    plugins: [vue({ template: { compilerOptions: { hoistStatic: false } } }), recordBundled(at('out'), 'renderer')],
    build: {
      outDir: at('out/renderer'),
      target: 'chrome152',
      minify: true,
      // Everything is loaded from this computer.
      chunkSizeWarningLimit: 1500,
      rolldownOptions: { checks: { bundlerTimings: false }, input: { index: at('src-renderer/index.html') } },
    },
  },
})
