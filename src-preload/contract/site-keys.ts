/** `site-keys:*`: whose model packs are accepted here. */
import { z } from 'zod'

/** SHA-256 of the raw public key: what people compare by eye or by telephone. */
const KeyId = z.string().regex(/^[0-9a-f]{64}$/)
const PublicKeyText = z.string().min(1).max(4000)

export const PackKey = z.strictObject({
  keyId: KeyId,
  /** Pinned keys come with the application; a site's own is trusted by an administrator. */
  purpose: z.enum(['release', 'development', 'site']),
  /** Whose it is; null for a pinned one. */
  name: z.string().nullable(),
  trustedAt: z.iso.datetime().nullable(),
  trustedBy: z.string().nullable(),
})
export type PackKey = z.infer<typeof PackKey>

export const siteKeyContract = {
  'site-keys:list': { input: z.void(), output: z.array(PackKey) },
  /** The fingerprint of a `.pub` file, to be compared before it is trusted. Refused with `pack/key-unreadable`. */
  'site-keys:examine': {
    input: z.strictObject({ publicKey: PublicKeyText }),
    output: z.strictObject({ keyId: KeyId, known: z.boolean() }),
  },
  /** `compared` is the fingerprint as its owner gave it, on another way than the file came. */
  'site-keys:trust': {
    input: z.strictObject({
      publicKey: PublicKeyText,
      compared: z.string().max(200),
      name: z.string().trim().min(1).max(200),
    }),
    output: z.array(PackKey),
  },
  /** Packs that only this key signed are refused from the next start of the models on. */
  'site-keys:withdraw': {
    input: z.strictObject({ keyId: KeyId, reason: z.string().trim().min(1).max(500) }),
    output: z.array(PackKey),
  },
} as const
