import { existsSync, readFileSync } from 'node:fs'
import { inRepository } from '../repository.ts'

export interface InstalledPackage {
  readonly name: string
  readonly version: string
  /** SPDX expression, as the package declares it. */
  readonly licence: string
  /** From the repository's top, e.g. `node_modules/vue`. */
  readonly directory: string
  readonly dependencies: readonly string[]
}

/** Packages that hold the text of their licence and forgot to name it in package.json. */
const UNDECLARED: Readonly<Record<string, string>> = { 'png-js': 'MIT' }

export function readPackage(directory: string): InstalledPackage {
  const text = readFileSync(inRepository(directory, 'package.json'), 'utf8')
  const {
    name,
    version,
    license = UNDECLARED[name],
    dependencies = {},
  } = JSON.parse(text) as {
    name: string
    version: string
    license?: string
    dependencies?: Record<string, string>
  }
  if (typeof license !== 'string') throw new Error(`${directory} declares no licence.`)
  return { name, version, licence: license, directory, dependencies: Object.keys(dependencies) }
}

/** A package and everything that it needs to run, resolved from where it lies as Node does. */
export function closureOf(directories: readonly string[]): InstalledPackage[] {
  const found = new Map<string, InstalledPackage>()
  const add = (directory: string): void => {
    if (found.has(directory)) return
    const package_ = readPackage(directory)
    found.set(directory, package_)
    for (const dependency of package_.dependencies) add(resolveFrom(directory, dependency))
  }
  for (const directory of directories) add(directory)
  return [...found.values()]
}

function resolveFrom(directory: string, name: string): string {
  for (let folder = directory; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const candidate = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
    if (existsSync(inRepository(candidate, 'package.json'))) return candidate
    if (folder === '' || !folder.includes('/node_modules/')) {
      if (existsSync(inRepository('node_modules', name, 'package.json'))) return `node_modules/${name}`
      throw new Error(`${directory} needs ${name}, which is not installed.`)
    }
  }
}
