import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepShipped, type Sbom } from '../../build/licences/sbom.ts'
import { packageDirectory } from '../../build/licences/record-bundled.ts'
import { packageConfiguration } from '../../build/package/configuration.ts'
import { wrongFuses } from '../../build/package/fuses.ts'
import { layStandInRuntime } from '../../build/package/stand-in-runtime.ts'

let directory: string
beforeAll(() => (directory = mkdtempSync(join(tmpdir(), 'cardionets-runtime-'))))
afterAll(() => rmSync(directory, { recursive: true }))

describe('the fuses', () => {
  it('are read back from the executable: one that is as Electron ships it has the wrong ones', async () => {
    layStandInRuntime(directory, 'linux')
    expect(await wrongFuses(join(directory, 'electron'))).toEqual([
      'RunAsNode',
      'EnableNodeOptionsEnvironmentVariable',
      'EnableNodeCliInspectArguments',
      'LoadBrowserProcessSpecificV8Snapshot',
      'GrantFileProtocolExtraPrivileges',
    ])
  })
})

describe('the configuration', () => {
  const configuration = packageConfiguration('sbom.json')

  it('includes something in every list of files, so that no list means "everything but"', () => {
    for (const part of [configuration, configuration.linux, configuration.win, configuration.mac]) {
      expect((part?.files as string[])[0]).toBe('out/**')
    }
  })

  it('keeps packages that only an install script uses out of the archive', () => {
    expect(configuration.files).toContain('!node_modules/global-agent/**')
    expect(configuration.files).not.toContain('!node_modules/onnxruntime-common/**')
  })

  it('rebuilds nothing and publishes nothing', () => {
    expect(configuration).toMatchObject({ npmRebuild: false, publish: null })
  })
})

describe('the bill of materials', () => {
  const component = (name: string, version: string) => ({
    'bom-ref': `${name}@${version}`,
    name,
    version,
    purl: `pkg:npm/${encodeURIComponent(name).replace('%2F', '/')}@${version}`,
    properties: [{ name: 'cdx:npm:package:development', value: 'true' }],
  })
  const everything: Sbom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    metadata: { component: { name: 'main', type: 'library' } },
    components: [component('vue', '3.5.45'), component('@vue/shared', '3.5.45'), component('vitest', '5.1.1')],
    dependencies: [
      { ref: 'vue@3.5.45', dependsOn: ['@vue/shared@3.5.45'] },
      { ref: 'vitest@5.1.1', dependsOn: [] },
    ],
  }
  const shipped = ['vue', '@vue/shared'].map((name) => ({
    name,
    version: '3.5.45',
    licence: 'MIT',
    directory: `node_modules/${name}`,
    dependencies: [],
  }))

  it('names what ships as required, and no tool of the developer', () => {
    const sbom = keepShipped(everything, shipped)
    expect(sbom.components.map(({ name, scope, properties }) => ({ name, scope, properties }))).toEqual([
      { name: 'vue', scope: 'required', properties: [] },
      { name: '@vue/shared', scope: 'required', properties: [] },
    ])
    expect(sbom.dependencies).toEqual([{ ref: 'vue@3.5.45', dependsOn: ['@vue/shared@3.5.45'] }])
    expect(sbom.metadata.component).toEqual({ name: 'cardionets-desktop', type: 'application' })
  })
})

describe('the packages of a bundle', () => {
  it.each([
    ['/r/node_modules/vue/dist/vue.js', 'node_modules/vue'],
    ['C:\\r\\node_modules\\@vue\\shared\\index.js?used', 'node_modules/@vue/shared'],
    ['/r/node_modules/a/node_modules/@b/c/d.js', 'node_modules/a/node_modules/@b/c'],
    ['/r/src-main/main.ts', undefined],
  ])('%s is of %s', (id, expected) => {
    expect(packageDirectory(id)).toBe(expected)
  })
})
