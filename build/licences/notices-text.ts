import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { inRepository } from '../repository.ts'
import type { InstalledPackage } from './installed-packages.ts'

const HEADER = `THIRD-PARTY NOTICES

CardioNets Desktop contains the software of others that is listed here, each under its own licence.
Written by "npm run notices" from the packages that the build really holds; do not edit.

Electron comes with Chromium and Node.js; their notices lie beside the executable in LICENSES.chromium.html.
The notices of what ONNX Runtime contains: https://github.com/microsoft/onnxruntime/blob/main/ThirdPartyNotices.txt.
On Windows, onnxruntime-node brings DirectML.dll, dxcompiler.dll and dxil.dll, redistributed under the licences of
Microsoft DirectML and of the DirectX Shader Compiler. better-sqlite3-multiple-ciphers contains SQLite, which is in the
public domain, and SQLite3 Multiple Ciphers under the MIT licence. @cornerstonejs/codec-charls contains CharLS
(https://github.com/team-charls/charls/blob/main/LICENSE.md, BSD 3-Clause; copyright Jan de Vaan, Victor Derks).
`

/** The notices of all packages, those with the same words under one heading. @throws Error for a package without any */
export function noticesText(packages: readonly InstalledPackage[]): string {
  const byText = new Map<string, InstalledPackage[]>()
  for (const package_ of packages) {
    const text = licenceText(package_)
    byText.set(text, [...(byText.get(text) ?? []), package_])
  }
  const rule = '-'.repeat(100)
  const sections = [...byText].map(([text, owners]) => {
    const names = owners.map(({ name, version, licence }) => `${name} ${version} (${licence})`)
    return `${rule}\n${names.join('\n')}\n\n${text}\n`
  })
  return [HEADER, ...sections].join('\n')
}

/** The licence file of a package with its NOTICE file, else the text in build/licences/texts for one that has none. */
function licenceText({ name, directory, licence }: InstalledPackage): string {
  const files = readdirSync(inRepository(directory)).sort()
  const own = files.filter(
    (file) => /^(licen[cs]e|copying|notice)([._-].*)?$/i.test(file) && !/\.(js|html|json)$/.test(file),
  )
  if (own.length > 0) return own.map((file) => tidy(readFileSync(inRepository(directory, file), 'utf8'))).join('\n\n')
  const kept = inRepository('build', 'licences', 'texts', `${name.replace('/', '__')}.txt`)
  if (existsSync(kept)) return tidy(readFileSync(kept, 'utf8'))
  throw new Error(`${name} (${licence}) has no licence file; put its text into ${kept}.`)
}

function tidy(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim()
}
