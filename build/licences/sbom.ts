import { execFileSync } from 'node:child_process'
import packageJson from '../../package.json' with { type: 'json' }
import { repositoryDir } from '../repository.ts'
import type { InstalledPackage } from './installed-packages.ts'

interface Component {
  'bom-ref': string
  name: string
  version: string
  purl: string
  scope?: string
  properties?: { name: string; value: string }[]
}

export interface Sbom {
  bomFormat: 'CycloneDX'
  specVersion: string
  metadata: { timestamp?: string; component: { name: string; type: string } }
  components: Component[]
  dependencies: { ref: string; dependsOn: string[] }[]
}

/**
 * The CycloneDX bill of what ships. npm writes it for everything that is installed, with hashes and licences; tools that
 * never leave the developer's computer are taken out here, so that an advisory on one of them raises no alarm.
 */
export function shippedSbom(shipped: readonly InstalledPackage[]): Sbom {
  return keepShipped(npmSbom(), shipped)
}

export function keepShipped(everything: Sbom, shipped: readonly InstalledPackage[]): Sbom {
  const wanted = new Set(shipped.map(({ name, version }) => `${name}@${version}`))
  const components = everything.components
    .filter(({ purl, name, version }) => wanted.has(nameInPurl(purl) ?? `${name}@${version}`))
    .map((component) => ({
      ...component,
      // To npm the bundled packages are development dependencies; here they are what ships.
      scope: 'required',
      properties: (component.properties ?? []).filter(({ name }) => name !== 'cdx:npm:package:development'),
    }))
  const refs = new Set(components.map((component) => component['bom-ref']))
  const own = `${packageJson.name}@${packageJson.version}`
  return {
    ...everything,
    metadata: {
      ...everything.metadata,
      component: { ...everything.metadata.component, name: packageJson.name, type: 'application' },
    },
    components,
    dependencies: everything.dependencies
      .filter(({ ref }) => refs.has(ref) || ref === own)
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) })),
  }
}

/** `pkg:npm/%40vue/shared@3.5.45` → `@vue/shared@3.5.45`: the true name also where a package is installed under another. */
function nameInPurl(purl: string): string | undefined {
  return /^pkg:npm\/(.+)$/.exec(decodeURIComponent(purl))?.[1]
}

function npmSbom(): Sbom {
  const npm = process.env['npm_execpath']
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--loglevel', 'error']
  const [command, all] = npm === undefined ? ['npm', args] : [process.execPath, [npm, ...args]]
  const output = execFileSync(command, all, { cwd: repositoryDir, encoding: 'utf8', maxBuffer: 64 * 2 ** 20 })
  return JSON.parse(output) as Sbom
}
