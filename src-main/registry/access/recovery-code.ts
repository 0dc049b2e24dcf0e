import type { RegistryEnvironment } from '../environment.ts'

/** Crockford's alphabet: no I, L, O, U, so that nothing read from paper is taken for another letter. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LETTERS = 32
const GROUP = 4

/** 160 random bits as eight groups of four letters: `K7QX-…`. */
export function newRecoveryCode(environment: RegistryEnvironment): string {
  const letters = [...environment.randomBytes(LETTERS)].map((byte) => ALPHABET[byte % ALPHABET.length]!).join('')
  return letters.match(new RegExp(`.{${GROUP}}`, 'g'))!.join('-')
}

/** The code as it was printed, however it was typed: case, dashes and look-alike letters do not matter. */
export function readRecoveryCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
}
