import { describe, expect, it } from 'vitest'
import { MAX_SOURCE_BYTES, problemsOf } from '../../build/checks/source-rules.ts'

describe('a source file is refused', () => {
  it.each([
    ['src-main/app/handlers/app.ts', "import { app } from 'electron'"],
    ['src-renderer/App.vue', "const { shell } = await import('electron')"],
    ['src-renderer/App.vue', '<template><p class="a" style="color: red">x</p></template>'],
    ['src-renderer/main.ts', 'element.innerHTML = name'],
    ['src-main/app/run.ts', 'eval(text)'],
    ['src-renderer/stores/a.ts', "await fetch('/x')"],
    ['src-main/hosts/browser/a.ts', 'new WebSocket(url)'],
    ['src-renderer/index.html', '<script src="https://cdn.example/x.js"></script>'],
    ['src-renderer/styles/base.css', 'a { background: url(https://cdn.example/x.png) }'],
    ['src-main/ecg/a.ts', 'const now = Date.now()'],
    ['src-main/statistics/bootstrap.ts', 'const draw = Math.random()'],
  ])('%s with %s', (path, text) => {
    expect(problemsOf(path, `// one line\n${text}\n`)).toEqual([expect.stringContaining(`${path}:2 `)])
  })

  it('above 12 kB, but for a table of words', () => {
    const text = 'x'.repeat(MAX_SOURCE_BYTES + 1)
    expect(problemsOf('src-main/app/a.ts', text)).toHaveLength(1)
    expect(problemsOf('src-main/app/a.ts', text.slice(1))).toEqual([])
    expect(problemsOf('src-renderer/locales/en.ts', text)).toEqual([])
  })
})

describe('a source file may', () => {
  it.each([
    ['src-main/hosts/electron/app-window.ts', "import { app } from 'electron'"],
    ['src-preload/web-api.ts', 'new WebSocket(url)'],
    ['src-renderer/App.vue', '<p :style="{ width: `${width}px` }">x</p>'],
    ['src-main/app/clock.ts', 'Date.now()'],
    ['src-main/ecg/a.ts', 'new Date(Date.UTC(year, 0))'],
  ])('%s hold %s', (path, text) => {
    expect(problemsOf(path, text)).toEqual([])
  })
})
