import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const at = (path: string): string => resolve(import.meta.dirname, path)

const setupFiles = [at('test/fixed-seed.ts')]

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias: { electron: at('test/electron-stub.ts') } },
        test: {
          name: 'node',
          environment: 'node',
          setupFiles,
          include: ['test/**/*.test.ts'],
          exclude: ['test/renderer/**', 'test/e2e/**'],
          testTimeout: 120_000,
        },
      },
      {
        plugins: [vue()],
        resolve: { alias: { '@': at('src-renderer'), '@contract': at('src-preload/contract/index.ts') } },
        test: { name: 'dom', environment: 'happy-dom', setupFiles, include: ['test/renderer/**/*.test.ts'] },
      },
    ],
  },
})
