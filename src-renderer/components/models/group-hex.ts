/** A fingerprint is compared by eye: groups of four can be. */
export const groupHex = (hex: string): string => hex.match(/.{1,4}/g)?.join(' ') ?? hex
