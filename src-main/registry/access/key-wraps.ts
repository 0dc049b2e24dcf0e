import { createHmac } from 'node:crypto'
import type { RegistryEnvironment } from '../environment.ts'
import { KEY_BYTES, seal, unseal } from '../keys.ts'
import type { AccessStore, KeyWrap } from './access-store.ts'
import { passwordKey, PRESENT_PARAMETERS, SALT_BYTES, type StretchParameters } from './password-key.ts'

export const RECOVERY_OWNER = 'recovery'

/** Seals the data key for one person, or for the recovery code. */
export async function wrapDataKey(
  dataKey: Buffer,
  secret: string,
  whose: { owner: string; nameHash: string | null },
  environment: RegistryEnvironment,
  parameters: StretchParameters = PRESENT_PARAMETERS,
): Promise<KeyWrap> {
  const salt = environment.randomBytes(SALT_BYTES)
  const key = await passwordKey(secret, salt, parameters)
  const sealedKey = seal(key, dataKey, boundTo(whose.owner), environment.randomBytes)
  key.fill(0)
  return { ...whose, salt, parameters, sealedKey }
}

/** @returns the data key, or null where the secret is wrong or the wrap was altered */
export async function unwrapDataKey(wrap: KeyWrap, secret: string): Promise<Buffer | null> {
  const key = await passwordKey(secret, wrap.salt, wrap.parameters)
  const dataKey = unseal(key, wrap.sealedKey, boundTo(wrap.owner))
  key.fill(0)
  return dataKey
}

/**
 * A wrap for a name that nobody has: it costs what a real one costs and opens for no password, so that neither answer
 * nor time tells which names exist. After the parameters were raised, people's wraps are renewed one by one, so it costs
 * what that of somebody costs, always the same one for a name.
 *
 * @param wraps  all of the workspace
 * @param present  what it costs where nobody has a password yet
 */
export function decoyWrap(
  nameHash: string,
  workspaceSalt: Buffer,
  wraps: readonly KeyWrap[],
  present: StretchParameters,
): KeyWrap {
  const bytes = (label: string, length: number): Buffer =>
    createHmac('sha512', workspaceSalt).update(`${label}/${nameHash}`).digest().subarray(0, length)
  const real = wraps.filter((wrap) => wrap.nameHash !== null)
  const { parameters } = real[bytes('whose', 4).readUInt32LE() % Math.max(1, real.length)] ?? { parameters: present }
  return {
    owner: nameHash,
    nameHash,
    salt: bytes('salt', SALT_BYTES),
    parameters,
    sealedKey: bytes('sealed', KEY_BYTES + 28),
  }
}

/** How a sign-in name is looked up without being written down. */
export function hashName(store: AccessStore, comparableName: string, environment: RegistryEnvironment): string {
  return createHmac('sha256', workspaceSalt(store, environment)).update(comparableName).digest('hex')
}

export function workspaceSalt(store: AccessStore, environment: RegistryEnvironment): Buffer {
  return store.workspaceSalt(() => environment.randomBytes(32))
}

const boundTo = (owner: string): string => `cardionets/key-wrap/v1/${owner}`
