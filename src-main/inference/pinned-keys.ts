import type { TrustedKey } from './pack/keys.ts'

/**
 * Public keys whose packs this application accepts without asking. The private halves are never in the repository.
 * Results under a development key carry the mark `pack/development-key`.
 */
export const PINNED_KEYS: readonly TrustedKey[] = [
  {
    keyId: '4401f687d0739e2dd44f3ef20602cad78b9a3345a1ea4236b72ec77aa4ef8ac7',
    publicKeyBase64: 'sfwLFBOX3R1rCwkNvIQwirptu3xeAxNNWMRDmMsXruc=',
    purpose: 'development',
  },
]
