const PREFIX = 'cardionets.'

/** A remembered setting, or undefined where none, an unknown one, or no storage is there. */
export function readSetting<T extends string>(name: string, allowed: readonly T[]): T | undefined {
  try {
    const stored = localStorage.getItem(PREFIX + name)
    return allowed.find((value) => value === stored)
  } catch {
    return undefined
  }
}

/** A remembered number, or undefined. */
export function readNumber(name: string): number | undefined {
  try {
    const stored = localStorage.getItem(PREFIX + name)
    return stored !== null && Number.isFinite(Number(stored)) ? Number(stored) : undefined
  } catch {
    return undefined
  }
}

/** Remembers a setting. Without storage it lasts as long as the window does. */
export function writeSetting(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value)
  } catch {
    // A locked-down profile has no storage; the setting still holds for this window.
  }
}
