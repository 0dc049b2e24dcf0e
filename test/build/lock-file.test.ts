import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inRepository } from '../../build/repository.ts'

interface Lock {
  packages: Record<string, { gypfile?: boolean; hasInstallScript?: boolean; integrity?: string }>
}
const lock = JSON.parse(readFileSync(inRepository('package-lock.json'), 'utf8')) as Lock
const packages = Object.entries(lock.packages).filter(([directory]) => directory !== '')

describe('npm ci', () => {
  it('compiles nothing: "npm run lock" notes it for every package that holds a binding.gyp', () => {
    const compiled = packages.filter(
      ([directory, { gypfile }]) => gypfile !== false && existsSync(inRepository(directory, 'binding.gyp')),
    )
    expect(compiled.map(([directory]) => directory)).toEqual([])
  })

  it('runs an install script only where package.json decided on it', () => {
    const { allowScripts } = JSON.parse(readFileSync(inRepository('package.json'), 'utf8')) as {
      allowScripts: Record<string, boolean>
    }
    const scripted = packages.filter(([, { hasInstallScript }]) => hasInstallScript)
    const names = scripted.map(([directory]) => directory.replace(/^.*node_modules\//, ''))
    expect(names.filter((name) => !(name in allowScripts))).toEqual([])
    expect(names.filter((name) => allowScripts[name])).toEqual(['node'])
  })

  it('checks every package against its hash', () => {
    expect(packages.filter(([, { integrity }]) => integrity === undefined).map(([directory]) => directory)).toEqual([])
  })
})
