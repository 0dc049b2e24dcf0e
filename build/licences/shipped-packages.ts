import packageJson from '../../package.json' with { type: 'json' }
import { closureOf, readPackage, type InstalledPackage } from './installed-packages.ts'
import { inRepository } from '../repository.ts'
import { readBundled } from './record-bundled.ts'
import { FONT_FILES } from '../../src-main/reports/font-files.ts'

/**
 * Roots of what only the install script of onnxruntime-node uses, and of headers that only a compiler would: installed
 * with the dependencies, but neither run nor packaged.
 */
const installOnlyRoots = ['node_modules/adm-zip', 'node_modules/global-agent', 'node_modules/node-addon-api']

/** Typefaces, of which files are packaged beside the bundles. */
const fonts = [...new Set(Object.values(FONT_FILES).map(([family]) => `node_modules/@expo-google-fonts/${family}`))]

/** Nothing but re-exports is left of it, so the bundler does not name it; advisories do. */
const passedOn = ['node_modules/vue']

/** Names of the packages that are installed as dependencies and left out of the packaged application. */
export function installOnlyPackages(): string[] {
  return closureOf(installOnlyRoots).map(({ name }) => name)
}

/**
 * Every package of which the packaged application holds something: the native ones in its node_modules, those that the
 * bundler put into `out`, the typefaces of reports, and Electron. Needs a finished build.
 */
export function shippedPackages(): InstalledPackage[] {
  const installOnly = new Set(installOnlyPackages())
  const native = closureOf(Object.keys(packageJson.dependencies).map((name) => `node_modules/${name}`))
  const recorded = (['main', 'renderer'] as const).flatMap((bundle) => readBundled(inRepository('out'), bundle))
  const bundled = [...recorded, ...passedOn, ...fonts].map(readPackage)
  const shipped = [
    ...native.filter(({ name }) => !installOnly.has(name)),
    ...bundled,
    readPackage('node_modules/electron'),
  ]
  const unique = new Map(shipped.map((package_) => [`${package_.name}@${package_.version}`, package_]))
  return [...unique.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}
