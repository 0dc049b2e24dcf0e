import { join } from 'node:path'
import { flipFuses, FuseV1Options, FuseVersion, getCurrentFuseWire, type FuseV1Config } from '@electron/fuses'
import type { AfterPackContext } from 'electron-builder'

/**
 * What the packaged executable can be made to do, burned into it: no Node shell, no debugger, no code but that of the
 * signed archive. A fuse that a later Electron adds must be decided here before anything can be packaged.
 */
export const fuses = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.WasmTrapHandlers]: true,
} as const satisfies Record<FuseV1Options, boolean>

/** Runs after the folder is laid out and before it is signed. */
export async function burnFuses(context: AfterPackContext): Promise<void> {
  const config: FuseV1Config = {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    resetAdHocDarwinSignature: context.electronPlatformName === 'darwin',
    ...fuses,
  }
  await flipFuses(executableOf(context), config)
}

/** @returns the names of the fuses of an executable that are not as they should be */
export async function wrongFuses(executable: string): Promise<string[]> {
  const wire = await getCurrentFuseWire(executable)
  const asText = (on: boolean): string => (on ? '1' : '0')
  return Object.entries(fuses)
    .filter(([option, on]) => String.fromCharCode(wire[Number(option) as FuseV1Options] ?? 0) !== asText(on))
    .map(([option]) => FuseV1Options[Number(option)] ?? option)
}

function executableOf({ appOutDir, electronPlatformName, packager }: AfterPackContext): string {
  if (electronPlatformName === 'darwin') return join(appOutDir, `${packager.appInfo.productFilename}.app`)
  const suffix = electronPlatformName === 'win32' ? '.exe' : ''
  return join(appOutDir, `${packager.platformSpecificBuildOptions.executableName}${suffix}`)
}
