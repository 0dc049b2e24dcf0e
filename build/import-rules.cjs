/** The import rules of the architecture, checked by dependency-cruiser in `npm run check`. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

const pureDomains = '^src-main/(ecg|cmr|dicom|statistics|reader-study)/'

module.exports = {
  forbidden: [
    rule(
      'window-and-main-meet-in-the-contract',
      'the renderer knows main only through src-preload/contract, and web-api.ts, which stands in for the preload script in a browser',
      { path: '^src-renderer' },
      { path: '^(src-main|src-preload/(?!contract/|web-api\\.ts$))' },
    ),
    rule(
      'preload-knows-neither-side',
      'the preload script and the browser transport see the contract only',
      { path: '^src-preload' },
      { path: '^(src-main|src-renderer)' },
    ),
    rule(
      'main-does-not-import-the-window',
      'main never imports the renderer',
      { path: '^src-main' },
      { path: '^src-renderer' },
    ),
    rule(
      'contract-imports-zod-only',
      'the contract may be read by everybody, so it depends on nobody',
      { path: '^src-preload/contract' },
      { pathNot: '^(src-preload/contract|node_modules/zod)' },
    ),
    rule(
      'electron-at-the-edge',
      'electron appears only under hosts/electron, main.ts and the preload script',
      { path: '^src', pathNot: '^(src-main/hosts/electron|src-main/main\\.ts|src-preload/index\\.ts)' },
      { path: '(^|/)node_modules/electron($|/)|^electron$' },
    ),
    rule(
      'pure-domains',
      'ecg, cmr, dicom, statistics and reader-study know no host, database, network runtime or service',
      { path: pureDomains },
      { path: '^src-main/(app|hosts|registry|inference|screening|reports|cli)' },
    ),
    rule(
      'pure-domains-no-disk-no-clock',
      'what they need of disk, clock or other processes is handed to them',
      { path: pureDomains },
      {
        path: [
          '^(node:)?(fs|fs/promises|child_process|worker_threads|os|timers|timers/promises|process)$',
          'node_modules/electron/',
        ],
      },
    ),
    rule(
      'one-place-for-onnx',
      'one folder imports onnxruntime-node',
      { path: '^src', pathNot: '^src-main/inference/' },
      { path: '(^|/)node_modules/onnxruntime|^onnxruntime' },
    ),
    rule(
      'one-place-for-sqlite',
      'one folder imports better-sqlite3',
      { path: '^src', pathNot: '^src-main/registry/' },
      { path: '(^|/)node_modules/better-sqlite3|^better-sqlite3' },
    ),
    rule(
      'one-place-for-sockets',
      'only the browser host opens a socket; nothing here ever calls out',
      { path: '^src', pathNot: '^src-main/hosts/browser/' },
      { path: '^(node:)?(http|https|http2|net|tls|dgram|dns)$|(^|/)node_modules/ws/|^ws$' },
    ),
    rule(
      'no-cycles',
      'a cycle hides which of two modules comes first; imports of types have no order',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.vue', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
}
