import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { siteKeyHandlers } from '../../../src-main/app/handlers/site-keys.ts'
import type { Services } from '../../../src-main/app/services.ts'
import { PINNED_KEYS } from '../../../src-main/inference/pinned-keys.ts'
import { listAudit } from '../../../src-main/registry/audit/list.ts'
import { newWorkspace } from '../../registry/support.ts'

const publicKey = (): string =>
  generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString()

async function site() {
  const workspace = await newWorkspace()
  const useSiteKeys = vi.fn(() => Promise.resolve())
  const handlers = siteKeyHandlers({ access: workspace.access, useSiteKeys } as unknown as Services)
  return { ...workspace, handlers, useSiteKeys }
}

describe('a site’s own key', () => {
  it('is trusted once its fingerprint was compared, in whatever grouping it was written', async () => {
    const { handlers, registry, useSiteKeys, access } = await site()
    const pem = publicKey()
    const { keyId, known } = await handlers['site-keys:examine']({ publicKey: pem })
    expect(known).toBe(false)
    const grouped = keyId.toUpperCase().match(/.{4}/g)!.join(' ')
    const keys = await handlers['site-keys:trust']({ publicKey: pem, compared: grouped, name: 'County hospital' })
    expect(keys.map(({ purpose, name }) => [purpose, name])).toEqual([
      ...PINNED_KEYS.map(({ purpose }) => [purpose, null]),
      ['site', 'County hospital'],
    ])
    expect(useSiteKeys).toHaveBeenCalledOnce()
    expect(listAudit(registry.db, { kind: 'site-key', limit: 9 }).map(({ id }) => id)).toEqual([keyId])
    access.close()
  })

  it('is refused where the fingerprint differs by one digit, and nothing is written', async () => {
    const { handlers, registry, access } = await site()
    const pem = publicKey()
    const { keyId } = await handlers['site-keys:examine']({ publicKey: pem })
    const other = keyId.slice(0, -1) + (keyId.endsWith('0') ? '1' : '0')
    for (const compared of [other, '', keyId.slice(0, 16)]) {
      await expect(
        Promise.resolve().then(() => handlers['site-keys:trust']({ publicKey: pem, compared, name: 'Other' })),
      ).rejects.toMatchObject({ code: 'pack/key-differs' })
    }
    expect(listAudit(registry.db, { kind: 'site-key', limit: 9 })).toEqual([])
    access.close()
  })

  it('can be withdrawn with a reason, once, and trusted again', async () => {
    const { handlers, access } = await site()
    const pem = publicKey()
    const { keyId } = await handlers['site-keys:examine']({ publicKey: pem })
    const trust = () => handlers['site-keys:trust']({ publicKey: pem, compared: keyId, name: 'County hospital' })
    await trust()
    const left = await handlers['site-keys:withdraw']({ keyId, reason: 'The private half was lost.' })
    expect(left.map((key) => key.keyId)).not.toContain(keyId)
    await expect(handlers['site-keys:withdraw']({ keyId, reason: 'again' })).rejects.toMatchObject({
      code: 'pack/key-not-trusted',
    })
    expect((await trust()).map((key) => key.keyId)).toContain(keyId)
    access.close()
  })
})
