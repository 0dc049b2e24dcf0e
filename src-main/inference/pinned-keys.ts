import type { TrustedKey } from './pack/keys.ts'

/**
 * Public keys whose packs this application accepts without asking. The private halves are never in the repository.
 * Results under a development key carry the mark `pack/development-key`.
 */
export const PINNED_KEYS: readonly TrustedKey[] = [
  {
    keyId: 'ec8dd8dc5812ecc550927ee1f95773ce3612fa453bd847b0c9742fdb84a23b3f',
    publicKeyBase64: 'cE/jUf4hLBKASn6MeLTMGNKnH/o3jaIQgkzbrFeeFq0=',
    purpose: 'development',
  },
]
