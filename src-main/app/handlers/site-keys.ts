import { AppError } from '../../../src-preload/contract/errors.ts'
import type { PackKey } from '../../../src-preload/contract/site-keys.ts'
import { parsePublicKey } from '../../inference/pack/keys.ts'
import { PINNED_KEYS } from '../../inference/pinned-keys.ts'
import { listSiteKeys, trustSiteKey, withdrawSiteKey } from '../../registry/tables/site-keys.ts'
import type { Handlers } from '../dispatch.ts'
import type { Services } from '../services.ts'

type Channels = Extract<keyof Handlers, `site-keys:${string}`>

/** `site-keys:*` — whose model packs are accepted here, besides the pinned keys'. */
export function siteKeyHandlers({ access, useSiteKeys }: Services): Pick<Handlers, Channels> {
  const list = (): PackKey[] => [
    ...PINNED_KEYS.map(({ keyId, purpose }) => ({ keyId, purpose, name: null, trustedAt: null, trustedBy: null })),
    ...listSiteKeys(access.registry().db).map(({ keyId, name, trustedMs, trustedBy }) => ({
      keyId,
      purpose: 'site' as const,
      name,
      trustedAt: new Date(trustedMs).toISOString(),
      trustedBy,
    })),
  ]
  return {
    'site-keys:list': list,
    'site-keys:examine'({ publicKey }) {
      const { keyId } = parsePublicKey(publicKey)
      return { keyId, known: list().some((key) => key.keyId === keyId) }
    },
    async 'site-keys:trust'({ publicKey, compared, name }) {
      const key = parsePublicKey(publicKey)
      if (compared.toLowerCase().replace(/[^0-9a-f]/g, '') !== key.keyId) {
        throw new AppError(
          'pack/key-differs',
          'The fingerprint that you typed is not that of this key. Ask its owner again; do not trust a key that differs.',
        )
      }
      access.registry().change(access.actor(), (change) => trustSiteKey(change, { ...key, name }))
      await useSiteKeys()
      return list()
    },
    async 'site-keys:withdraw'({ keyId, reason }) {
      access.registry().change(access.actor(), (change) => withdrawSiteKey(change, keyId, reason))
      await useSiteKeys()
      return list()
    },
  }
}
