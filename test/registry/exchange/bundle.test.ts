import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { fileSource } from '../../../src-main/registry/exchange/bundle/byte-source.ts'
import { writeBundleFile } from '../../../src-main/registry/exchange/bundle/bundle-file.ts'
import { FRAME } from '../../../src-main/registry/exchange/bundle/format.ts'
import { openBundle } from '../../../src-main/registry/exchange/bundle/read-bundle.ts'
import { forge } from './forge.ts'
import { newWorkspace, QUICK, temporaryFolder } from '../support.ts'
import { addPatient, addWork, anywhere, bundleOf, everything, PASSPHRASE, take, type Laptop } from './two-laptops.ts'

/** Cut off at so many places, and one bit changed at so many. */
const PLACES = 300

async function filled(): Promise<Laptop> {
  const laptop = await newWorkspace()
  addWork(laptop, addPatient(laptop, { name: 'Zanzibar Quince' }).id, 'first')
  return laptop
}

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'taken',
    (error: { code?: string }) => error.code ?? String(error),
  )

it('refuses a bundle that was cut off or altered anywhere, before anything is taken over', async () => {
  const bytes = await bundleOf(await filled())
  const b = await newWorkspace()
  const before = everything(b)
  const codes = new Set<string>()
  for (let place = 0; place < PLACES; place += 1) {
    codes.add(await codeOf(take(b, bytes.subarray(0, anywhere(bytes)))))
    const altered = Buffer.from(bytes)
    altered[anywhere(bytes)]! ^= 1 << anywhere(Buffer.alloc(8))
    codes.add(await codeOf(take(b, altered)))
  }
  codes.add(await codeOf(take(b, Buffer.concat([bytes, Buffer.from('more')]))))
  expect([...codes].sort()).toEqual(
    ['bundle/damaged', 'bundle/not-a-bundle', 'bundle/truncated', 'bundle/wrong-passphrase'].filter((code) =>
      codes.has(code),
    ),
  )
  expect(codes).toContain('bundle/truncated')
  expect(codes).toContain('bundle/damaged')
  expect(everything(b)).toEqual(before)
})

it('refuses a header that Argon2 could not stretch a key by', async () => {
  const bytes = await bundleOf(await filled())
  const b = await newWorkspace()
  const text = bytes.subarray(14, 14 + bytes.readUInt32LE(10)).toString('utf8')
  for (const change of [{ memoryKiB: 8, parallelism: 9 }, { salt: 'QUJD' }]) {
    const header = Buffer.from(JSON.stringify({ ...JSON.parse(text), ...change }))
    const size = Buffer.alloc(4)
    size.writeUInt32LE(header.length)
    const changed = Buffer.concat([bytes.subarray(0, 10), size, header, bytes.subarray(14 + text.length)])
    expect(await codeOf(take(b, changed))).toBe('bundle/not-a-bundle')
  }
})

it('refuses what somebody else made until the fingerprint is confirmed, a wrong passphrase, and its own bundle', async () => {
  const a = await filled()
  const b = await newWorkspace()
  const bytes = await bundleOf(a)
  expect(await codeOf(take(b, bytes, PASSPHRASE, ''))).toBe('bundle/unknown-sender')
  expect(await codeOf(take(b, bytes, 'another passphrase'))).toBe('bundle/wrong-passphrase')
  expect(await codeOf(take(b, Buffer.from('PK\u0003\u0004 something else altogether')))).toBe('bundle/not-a-bundle')
  expect(await codeOf(take(a, bytes))).toBe('bundle/own')
  expect(await codeOf(take(b, bytes))).toBe('taken')
  // Known from here on.
  expect(await codeOf(take(b, bytes, PASSPHRASE, ''))).toBe('taken')
})

it('refuses what somebody changed who knows the passphrase and not the sender’s key', async () => {
  const bytes = await bundleOf(await filled())
  const b = await newWorkspace()
  const before = everything(b)
  const forged = await forge(bytes, PASSPHRASE, (plain) =>
    plain[0] === FRAME.blob && plain.includes('first') ? Buffer.concat([plain, Buffer.from(' forged')]) : plain,
  )
  expect(await codeOf(take(b, forged))).toBe('bundle/damaged')
  expect(everything(b)).toEqual(before)
  // The forging itself is sound: with nothing changed the bundle is taken.
  expect(await codeOf(take(b, await forge(bytes, PASSPHRASE, (plain) => plain)))).toBe('taken')
})

it('writes a file that tells nobody anything, and never half of one', async () => {
  const { access } = await filled()
  const path = `${temporaryFolder()}/stick.cardionets-bundle`
  const order = { passphrase: PASSPHRASE, application: 'test', parameters: QUICK }
  const report = await writeBundleFile(access, order, path)
  const bytes = readFileSync(path)
  expect(bytes).toHaveLength(report.bytes)
  expect(bytes.includes('Zanzibar')).toBe(false)
  expect(bytes.includes('first')).toBe(false)
  await expect(writeBundleFile(access, order, path)).rejects.toMatchObject({ code: 'bundle/exists' })
  const source = fileSource(path)
  const { end } = await openBundle(source, PASSPHRASE)
  source.close()
  expect(end.rows).toMatchObject({ patient: 1, recording: 1, screening: 1, review: 2, attachment: 1 })
  expect(end.head.entries).toBe(report.entries)
})
