import { onScopeDispose } from 'vue'

/** Keys as `KeyboardEvent.key`, letters in lower case; `ctrl+` also answers to the Mac's command key. */
export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void>>

/** Whoever leaves the computer locks it, whatever stands before the page. */
const LOCK_KEY = 'ctrl+shift+l'

/** Listens for keys while the calling component lives. A key that a text field or slider needs stays with it. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const listen = (event: KeyboardEvent): void => {
    const name = shortcutName(event)
    const run = shortcuts[name]
    if (!run || event.defaultPrevented || (name !== LOCK_KEY && belongsToTarget(event))) return
    event.preventDefault()
    run(event)
  }
  window.addEventListener('keydown', listen)
  onScopeDispose(() => window.removeEventListener('keydown', listen))
}

export function shortcutName(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'> & { shiftKey?: boolean },
): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (event.altKey) return `alt+${key}`
  // Shift counts only with Ctrl: alone it is part of the key, as in "?".
  if (event.ctrlKey || event.metaKey) return event.shiftKey ? `ctrl+shift+${key}` : `ctrl+${key}`
  return key
}

function belongsToTarget(event: KeyboardEvent): boolean {
  const { target } = event
  if (!(target instanceof HTMLElement)) return false
  if (document.querySelector('.el-overlay:not([style*="display: none"]) [role="dialog"]')) return true
  if (event.ctrlKey || event.metaKey) return false
  // A list to choose from is an input that nobody types into.
  const field = 'input:not([type="checkbox"]):not([type="radio"]):not([readonly]), textarea, [contenteditable="true"]'
  if (target.closest(field)) return true
  if (target.closest('[role="slider"]') && event.key.startsWith('Arrow')) return true
  if (target.closest('[role="combobox"], [role="listbox"], [role="radiogroup"]')) {
    return event.key.startsWith('Arrow') || event.key === ' ' || event.key === 'Enter'
  }
  return (event.key === ' ' || event.key === 'Enter') && target.closest('button, a, summary') !== null
}
