import type { Configuration } from 'electron-builder'
import { installOnlyPackages } from '../licences/shipped-packages.ts'
import { inRepository } from '../repository.ts'
import { FONT_FILES } from '../../src-main/reports/font-files.ts'
import { burnFuses } from './fuses.ts'

/** The executable's name on Linux and Windows; on macOS it is that of the product. */
export const EXECUTABLE = 'cardionets-desktop'

/**
 * How the application is packaged (electron-builder).
 *
 * `files` of a platform begin with a pattern that includes something: a list of exclusions only is taken as "everything
 * but", and the whole project folder would go into the archive. Native code cannot be read from inside the archive, so
 * it is unpacked beside it, and onnxruntime-common with it, which onnxruntime-node requires from there.
 *
 * @param sbom  the bill of materials to put beside the executable
 */
export function packageConfiguration(sbom: string): Configuration {
  const onnx = 'node_modules/onnxruntime-node'
  const sqlite = 'node_modules/better-sqlite3-multiple-ciphers'
  return {
    appId: 'app.cardionets.desktop',
    productName: 'CardioNets Desktop',
    executableName: EXECUTABLE,
    copyright: 'CardioNets Desktop contributors',
    directories: { output: inRepository('dist'), buildResources: inRepository('build', 'icons') },
    publish: null,
    // Both native packages bring Node-API binaries, which any Node and any Electron loads as they are.
    npmRebuild: false,
    asar: true,
    asarUnpack: ['**/*.node', `${onnx}/**`, 'node_modules/onnxruntime-common/**', `${sqlite}/prebuilds/**`],
    files: [
      'out/**',
      'package.json',
      '!out/*',
      '!**/*.map',
      `!${onnx}/{script,lib}/**`,
      `!${sqlite}/{src,deps}/**`,
      `!${sqlite}/binding.gyp`,
      // Of the image codecs only the decoders in WebAssembly are loaded.
      '!node_modules/@cornerstonejs/*/dist/!(*wasm_decode.js|*wasm_decode.wasm)',
      ...installOnlyPackages().map((name) => `!node_modules/${name}/**`),
    ],
    extraResources: [
      { from: 'models/reference', to: 'models/reference' },
      ...Object.values(FONT_FILES).map(([family, style, file]) => ({
        from: `node_modules/@expo-google-fonts/${family}/${style}/${file}`,
        to: `fonts/${file}`,
      })),
    ],
    extraFiles: [
      { from: 'LICENSE', to: 'LICENSE.txt' },
      { from: 'THIRD-PARTY-NOTICES', to: 'THIRD-PARTY-NOTICES.txt' },
      { from: sbom, to: 'sbom.cdx.json' },
    ],
    afterPack: burnFuses,
    linux: {
      target: ['AppImage', 'tar.gz'],
      category: 'Science',
      icon: 'linux',
      executableName: EXECUTABLE,
      files: ['out/**', ...onlyPlatform(onnx, sqlite, 'linux', 'linux')],
    },
    win: {
      target: ['nsis'],
      icon: 'icon.ico',
      executableName: EXECUTABLE,
      files: ['out/**', ...onlyPlatform(onnx, sqlite, 'win32', 'win32')],
    },
    // For all users, so that the folder of the program cannot be written by those who use it.
    nsis: { oneClick: false, perMachine: true, allowToChangeInstallationDirectory: false },
    mac: {
      target: ['dmg'],
      icon: 'icon.icns',
      category: 'public.app-category.medical',
      hardenedRuntime: true,
      // The binding links libonnxruntime.1.dylib; the other is the same file once more.
      files: ['out/**', ...onlyPlatform(onnx, sqlite, 'darwin', 'darwin'), '!**/libonnxruntime.1.*.*.dylib'],
    },
  }
}

/** Leaves out the native binaries of every other platform and processor. */
function onlyPlatform(onnx: string, sqlite: string, platform: string, prebuild: string): string[] {
  const others = ['linux', 'win32', 'darwin'].filter((name) => name !== platform)
  return [
    `!${onnx}/bin/napi-v6/{${others.join(',')}}/**`,
    `!${onnx}/bin/napi-v6/${platform}/!(\${arch})/**`,
    `!${sqlite}/prebuilds/!(${prebuild}-\${arch}.node)`,
  ]
}
