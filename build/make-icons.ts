/** `node build/run.mjs make-icons`: draws build/icons anew from the window's own icon. Needs Chromium, Chrome or Edge. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { chromium } from 'playwright-core'
import { findBrowser } from './find-browser.ts'
import { inRepository } from './repository.ts'

const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
/** Types of Apple's icon container for PNG pictures of these sizes. */
const appleTypes: Record<number, string> = {
  16: 'icp4',
  32: 'icp5',
  64: 'icp6',
  128: 'ic07',
  256: 'ic08',
  512: 'ic09',
  1024: 'ic10',
}

const pictures = await draw(readFileSync(inRepository('src-renderer', 'public', 'icon.svg'), 'utf8'))
for (const [size, png] of pictures) if (size <= 512) save(`linux/${size}x${size}.png`, png)
save('icon.ico', windowsIcon([...pictures].filter(([size]) => size <= 256)))
save('icon.icns', appleIcon(pictures))

async function draw(svg: string): Promise<Map<number, Buffer>> {
  const executablePath = findBrowser()?.path
  if (executablePath === undefined) throw new Error('Found no Chromium, Chrome or Edge to draw with.')
  // The only page is the picture itself; as root the browser's sandbox is not available.
  const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 })
  const drawn = new Map<number, Buffer>()
  for (const size of sizes) {
    const page = await browser.newPage({ viewport: { width: size, height: size } })
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
    drawn.set(size, await page.screenshot({ omitBackground: true }))
    await page.close()
  }
  await browser.close()
  return drawn
}

/** ICONDIR, one 16-byte ICONDIRENTRY for each picture, then the PNG files. */
function windowsIcon(all: [size: number, png: Buffer][]): Buffer {
  const head = Buffer.alloc(6 + 16 * all.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(all.length, 4)
  let offset = head.length
  for (const [index, [size, png]] of all.entries()) {
    const at = 6 + 16 * index
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(png.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += png.length
  }
  return Buffer.concat([head, ...all.map(([, png]) => png)])
}

/** `icns`, the total length, then type, length and PNG of each picture, all big-endian. */
function appleIcon(all: Map<number, Buffer>): Buffer {
  const chunks = [...all].flatMap(([size, png]) =>
    appleTypes[size] === undefined ? [] : [chunk(appleTypes[size], png)],
  )
  return chunk('icns', Buffer.concat(chunks))
}

function chunk(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32BE(8 + body.length, 4)
  return Buffer.concat([head, body])
}

function save(name: string, bytes: Buffer): void {
  const path = inRepository('build', 'icons', name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
}
