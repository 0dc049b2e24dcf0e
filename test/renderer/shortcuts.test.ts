import { effectScope } from 'vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { shortcutName, useShortcuts } from '@/composables/useShortcuts.ts'

const scope = effectScope()
afterEach(() => document.body.replaceChildren())

function press(target: EventTarget, key: string, modifiers: KeyboardEventInit = {}): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers }))
}

function add(html: string): HTMLElement {
  document.body.innerHTML = html
  return document.body.firstElementChild as HTMLElement
}

describe('keyboard shortcuts', () => {
  const play = vi.fn()
  const choose = vi.fn()
  const next = vi.fn()
  const lock = vi.fn()
  scope.run(() => useShortcuts({ ' ': play, 'ctrl+o': choose, ArrowRight: next, j: next, 'ctrl+shift+l': lock }))
  afterEach(() => vi.clearAllMocks())

  it('answer on the page, in either case of a letter', () => {
    press(document.body, ' ')
    press(document.body, 'J')
    expect(play).toHaveBeenCalledOnce()
    expect(next).toHaveBeenCalledOnce()
  })

  it('leave a text field its letters, but not Ctrl O', () => {
    const field = add('<input type="text">')
    press(field, 'j')
    press(field, ' ')
    press(field, 'o', { ctrlKey: true })
    expect(next).not.toHaveBeenCalled()
    expect(play).not.toHaveBeenCalled()
    expect(choose).toHaveBeenCalledOnce()
  })

  it('leave a button its Space and a slider its arrows', () => {
    press(add('<button></button>'), ' ')
    press(add('<div role="slider"></div>'), 'ArrowRight')
    expect(play).not.toHaveBeenCalled()
    expect(next).not.toHaveBeenCalled()
  })

  it('let Space play while the slider has the focus', () => {
    press(add('<div role="slider"></div>'), ' ')
    expect(play).toHaveBeenCalledOnce()
  })

  it('rest while a dialog stands before the page, but for the one that locks', () => {
    const dialog = add('<div class="el-overlay"><div role="dialog"><input type="password"></div></div>')
    const field = dialog.querySelector('input')!
    press(field, 'o', { ctrlKey: true })
    press(field, 'l', { ctrlKey: true, shiftKey: true })
    expect(choose).not.toHaveBeenCalled()
    expect(lock).toHaveBeenCalledOnce()
  })

  it('name the Mac’s command key like Ctrl', () => {
    expect(shortcutName({ key: 'O', ctrlKey: false, metaKey: true, altKey: false })).toBe('ctrl+o')
  })

  it('end with the component that listens', () => {
    scope.stop()
    press(document.body, ' ')
    expect(play).not.toHaveBeenCalled()
  })
})
