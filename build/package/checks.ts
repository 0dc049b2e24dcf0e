import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { extractAll, listPackage } from '@electron/asar'
import { FONT_FILES } from '../../src-main/reports/font-files.ts'
import { EXECUTABLE } from './configuration.ts'
import { wrongFuses } from './fuses.ts'

/** What a packaged folder must be. Each check throws an Error that says what is wrong. */
export type PackageChecks = Record<string, () => void | Promise<void>>

/**
 * @param directory  the unpacked application, e.g. `dist/linux-unpacked`
 * @param extracted  an empty folder outside the repository, where Node cannot find the repository's own packages
 */
export function linuxChecks(directory: string, extracted: string): PackageChecks {
  return {
    ...commonChecks(directory, 'linux', EXECUTABLE),
    'the command line starts from the extracted archive': () => {
      extractAll(archiveOf(directory), extracted)
      const version = runNode(extracted, ['out/main/cli.js', '--version'])
      expectEqual(version.trim(), packagedVersion(extracted))
    },
    'onnxruntime-node imports from the extracted archive': () => {
      const script = `import('onnxruntime-node').then(({ listSupportedBackends }) => console.log(JSON.stringify(listSupportedBackends())))`
      expectMatch(runNode(extracted, ['--input-type=module', '-e', script]), /"cpu"/)
    },
    'better-sqlite3-multiple-ciphers imports from the extracted archive': () => {
      const script = `import('better-sqlite3-multiple-ciphers').then(({ default: Database }) => console.log(new Database(':memory:').pragma('cipher', { simple: true })))`
      expectMatch(runNode(extracted, ['--input-type=module', '-e', script]), /\w/)
    },
  }
}

export function windowsChecks(directory: string): PackageChecks {
  const onnx = join(unpackedModules(directory), 'onnxruntime-node', 'bin', 'napi-v6')
  return {
    ...commonChecks(directory, 'win32', `${EXECUTABLE}.exe`),
    'the runtime and its DirectML library are there': () => {
      for (const name of ['onnxruntime.dll', 'onnxruntime_binding.node', 'DirectML.dll']) {
        if (!existsSync(join(onnx, 'win32', 'x64', name))) throw new Error(`${name} is missing`)
      }
    },
  }
}

function commonChecks(directory: string, platform: string, executable: string): PackageChecks {
  const archive = archiveOf(directory)
  const entries = (): string[] => listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/'))
  return {
    'the archive holds /out, /package.json and /node_modules, nothing else': () => {
      const top = new Set(entries().map((path) => `/${path.split('/')[1]}`))
      expectEqual([...top].sort().join(' '), '/node_modules /out /package.json')
    },
    'the archive holds the entries, the preload script and the window': () => {
      const all = new Set(entries())
      const wanted = [
        'main/main.js',
        'main/cli.js',
        'main/reader.js',
        'main/inference.js',
        'preload/index.cjs',
        'renderer/index.html',
      ]
      const missing = wanted.filter((path) => !all.has(`/out/${path}`))
      expectEqual(missing.join(' '), '')
    },
    'the archive holds native packages and image codecs only, and no sources or maps of them': () => {
      const modules = entries().flatMap((path) => /^\/node_modules\/([^/]+)/.exec(path)?.[1] ?? [])
      const wanted = '@cornerstonejs better-sqlite3-multiple-ciphers onnxruntime-common onnxruntime-node'
      expectEqual([...new Set(modules)].sort().join(' '), wanted)
      expectEqual(
        entries()
          .filter((path) => /\.(map|cc|cpp|gyp|c|h)$/.test(path))
          .join(' '),
        '',
      )
    },
    'native code lies outside the archive, for this platform only': () => {
      const modules = unpackedModules(directory)
      expectEqual(readdirSync(join(modules, 'onnxruntime-node', 'bin', 'napi-v6')).join(' '), platform)
      expectEqual(readdirSync(join(modules, 'onnxruntime-node', 'bin', 'napi-v6', platform)).join(' '), 'x64')
      const prebuilds = join(modules, 'better-sqlite3-multiple-ciphers', 'prebuilds')
      expectEqual(readdirSync(prebuilds).join(' '), `${platform}-x64.node`)
    },
    'the model pack lies beside the archive, every file of its manifest and no other': () => {
      const pack = join(directory, 'resources', 'models', 'reference')
      expectEqual(readdirSync(join(directory, 'resources', 'models')).join(' '), 'reference')
      const manifest = JSON.parse(readFileSync(join(pack, 'manifest.json'), 'utf8')) as { files: { path: string }[] }
      const wanted = ['manifest.json', 'manifest.sig', ...manifest.files.map(({ path }) => path)]
      expectEqual(readdirSync(pack).sort().join(' '), wanted.sort().join(' '))
    },
    'the typefaces of reports lie beside the archive': () => {
      const wanted = Object.values(FONT_FILES).map(([, , file]) => file)
      expectEqual(
        readdirSync(join(directory, 'resources', 'fonts'))
          .sort()
          .join(' '),
        wanted.sort().join(' '),
      )
    },
    'licence, notices and bill of materials lie beside the executable': () => {
      for (const name of [
        executable,
        'LICENSE.txt',
        'THIRD-PARTY-NOTICES.txt',
        'sbom.cdx.json',
        'LICENSES.chromium.html',
      ]) {
        if (!existsSync(join(directory, name))) throw new Error(`${name} is missing`)
      }
      const sbom = JSON.parse(readFileSync(join(directory, 'sbom.cdx.json'), 'utf8')) as {
        components: { name: string }[]
      }
      const names = sbom.components.map(({ name }) => name)
      for (const name of ['electron', 'vue', 'onnxruntime-node']) {
        if (!names.includes(name)) throw new Error(`the bill of materials does not name ${name}`)
      }
    },
    'every fuse of the executable is as it should be': async () => {
      expectEqual((await wrongFuses(join(directory, executable))).join(' '), '')
    },
  }
}

const archiveOf = (directory: string): string => join(directory, 'resources', 'app.asar')
const unpackedModules = (directory: string): string => join(directory, 'resources', 'app.asar.unpacked', 'node_modules')

function packagedVersion(extracted: string): string {
  return (JSON.parse(readFileSync(join(extracted, 'package.json'), 'utf8')) as { version: string }).version
}

function runNode(cwd: string, args: readonly string[]): string {
  return execFileSync(process.execPath, args, { cwd, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: cwd } })
}

function expectEqual(found: string, wanted: string): void {
  if (found !== wanted) throw new Error(`found "${found}", expected "${wanted}"`)
}

function expectMatch(found: string, wanted: RegExp): void {
  if (!wanted.test(found)) throw new Error(`found "${found.trim()}", expected ${wanted}`)
}
