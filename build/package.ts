/**
 * `npm run package`: the desktop application for this system in `dist`; other systems with electron-builder's own
 * `--linux`, `--win`, `--mac`, `--x64`, `--arm64`.
 *
 * `--check` packages the Linux and Windows layouts around a stand-in for the Electron runtime, which needs no network,
 * and checks them; the last line is `N passed, N failed`.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Arch, build, createTargets, Platform, type CliOptions } from 'electron-builder'
import { ensureBuilt } from './ensure-built.ts'
import { shippedSbom } from './licences/sbom.ts'
import { shippedPackages } from './licences/shipped-packages.ts'
import { linuxChecks, windowsChecks, type PackageChecks } from './package/checks.ts'
import { packageConfiguration } from './package/configuration.ts'
import { layStandInRuntime } from './package/stand-in-runtime.ts'
import { inRepository, repositoryDir } from './repository.ts'

await ensureBuilt()
const sbom = writeSbom()
const args = process.argv.slice(2)
process.exitCode = args.includes('--check') ? await packageAndCheck() : await packageForUse(args)

function writeSbom(): string {
  mkdirSync(inRepository('dist'), { recursive: true })
  const path = inRepository('dist', 'sbom.cdx.json')
  writeFileSync(path, JSON.stringify(shippedSbom(shippedPackages()), null, 2) + '\n')
  return path
}

async function packageForUse(flags: readonly string[]): Promise<number> {
  const platforms = [
    ...(flags.includes('--linux') ? [Platform.LINUX] : []),
    ...(flags.includes('--win') ? [Platform.WINDOWS] : []),
    ...(flags.includes('--mac') ? [Platform.MAC] : []),
  ]
  const arch = flags.includes('--arm64')
    ? Arch.arm64
    : flags.includes('--x64')
      ? Arch.x64
      : Arch[process.arch as 'x64' | 'arm64']
  const targets = createTargets(platforms.length > 0 ? platforms : [Platform.current()], null, Arch[arch])
  await build({ projectDir: repositoryDir, publish: 'never', targets, config: packageConfiguration(sbom) })
  return 0
}

async function packageAndCheck(): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'cardionets-package-'))
  try {
    await packageStandIn(directory, Platform.LINUX, 'linux')
    await packageStandIn(directory, Platform.WINDOWS, 'win32')
    const extracted = join(directory, 'extracted')
    const linux = await runChecks('Linux', linuxChecks(join(directory, 'linux', 'linux-unpacked'), extracted))
    const windows = await runChecks('Windows', windowsChecks(join(directory, 'win32', 'win-unpacked')))
    const failed = linux.failed + windows.failed
    console.log(`${linux.passed + windows.passed} passed, ${failed} failed`)
    return failed === 0 ? 0 : 1
  } finally {
    rmSync(directory, { recursive: true })
  }
}

async function packageStandIn(directory: string, platform: Platform, name: 'linux' | 'win32'): Promise<void> {
  const runtime = join(directory, `electron-${name}`)
  layStandInRuntime(runtime, name)
  const config = packageConfiguration(sbom)
  const options: CliOptions = {
    projectDir: repositoryDir,
    publish: 'never',
    targets: platform.createTarget('dir', Arch.x64),
    config: {
      ...config,
      directories: { ...config.directories, output: join(directory, name) },
      electronDist: runtime,
      // Both rewrite the executable, which here is none.
      ...(name === 'win32' ? { disableAsarIntegrity: true, win: { ...config.win, signAndEditExecutable: false } } : {}),
    },
  }
  await build(options)
}

async function runChecks(system: string, checks: PackageChecks): Promise<{ passed: number; failed: number }> {
  let failed = 0
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check()
      console.log(`✓ ${system}: ${name}`)
    } catch (error) {
      failed += 1
      console.log(`✗ ${system}: ${name}: ${(error as Error).message}`)
    }
  }
  return { passed: Object.keys(checks).length - failed, failed }
}
