/** The import rules of the architecture, checked by dependency-cruiser in `npm run check`. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    rule('window-and-main-meet-in-the-contract', 'the renderer knows main only through src-preload/contract',
      { path: '^src-renderer' }, { path: '^(src-main|src-preload/(?!contract))' }),
    rule('main-does-not-import-the-window', 'main never imports the renderer',
      { path: '^src-main' }, { path: '^src-renderer' }),
    rule('contract-imports-zod-only', 'the contract may be read by everybody, so it depends on nobody',
      { path: '^src-preload/contract' }, { pathNot: '^(src-preload/contract|node_modules/zod)' }),
    rule('electron-at-the-edge', 'electron appears only under hosts/electron, main.ts and the preload script',
      { path: '^src', pathNot: '^(src-main/hosts/electron|src-main/main\\.ts|src-preload/index\\.ts)' },
      { path: '^node_modules/electron($|/)|^electron$' }),
    rule('pure-domains', 'ecg, cmr, statistics and reader-study know no host, database, network runtime or disk',
      { path: '^src-main/(ecg|cmr|statistics|reader-study)/' },
      { path: '^(src-main/(app|hosts|registry|inference|screening|reports|cli)|node_modules/(electron|better-sqlite3|onnxruntime))|^(fs|fs/promises|node:fs|child_process|worker_threads|net|http|https|os)$' }),
    rule('one-place-for-onnx', 'one folder imports onnxruntime-node',
      { path: '^src', pathNot: '^src-main/inference/' }, { path: '^node_modules/onnxruntime' }),
    rule('one-place-for-sqlite', 'one folder imports better-sqlite3',
      { path: '^src', pathNot: '^src-main/registry/' }, { path: '^node_modules/better-sqlite3' }),
    rule('no-cycles', 'a cycle hides which of two modules comes first', {}, { circular: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.vue', '.js', '.json'], exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
}
