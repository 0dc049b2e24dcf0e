import { argon2 } from 'node:crypto'
import { promisify } from 'node:util'
import { KEY_BYTES } from '../keys.ts'

/** How a password is stretched into a key. Stored beside each wrapped key, so that it can be raised later. */
export interface StretchParameters {
  readonly algorithm: 'argon2id'
  readonly memoryKiB: number
  readonly passes: number
  readonly parallelism: number
}

/** About 0.2 s and 64 MiB on an ordinary computer; @see RFC 9106, section 4, and OWASP ASVS 5.0, 11.4.2 */
export const PRESENT_PARAMETERS: StretchParameters = {
  algorithm: 'argon2id',
  memoryKiB: 64 * 1024,
  passes: 3,
  parallelism: 4,
}

export const SALT_BYTES = 16

const stretch = promisify(argon2)

/** The key that a password (or recovery code) stands for. One spelling of a text is one password (NFC). */
export async function passwordKey(password: string, salt: Uint8Array, parameters: StretchParameters): Promise<Buffer> {
  return stretch(parameters.algorithm, {
    message: Buffer.from(password.normalize('NFC')),
    nonce: salt,
    parallelism: parameters.parallelism,
    memory: parameters.memoryKiB,
    passes: parameters.passes,
    tagLength: KEY_BYTES,
  })
}

/** Whether a wrap was made with other parameters than those in use now, so that the next sign-in renews it. */
export function isOutdated({ memoryKiB, passes, parallelism }: StretchParameters, present: StretchParameters): boolean {
  return memoryKiB !== present.memoryKiB || passes !== present.passes || parallelism !== present.parallelism
}
