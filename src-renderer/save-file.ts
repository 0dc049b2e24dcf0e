import { call } from './api.ts'

/**
 * Saves a file where the user says. The desktop asks with the system's dialog and writes it there and nowhere else; in
 * a browser it goes by the browser's own download.
 *
 * @returns whether it was saved, as far as one is told
 * @throws AppError `files/not-written`
 */
export async function saveFile(name: string, content: string | Uint8Array): Promise<boolean> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  if (window.api) return (await call('files:save', { name, content: bytes })).saved
  download(name, bytes)
  return true
}

function download(name: string, bytes: Uint8Array): void {
  const address = URL.createObjectURL(new Blob([new Uint8Array(bytes)]))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // After the click has been taken; the copy in memory may be a patient's.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** @returns the chosen file's bytes, or null */
export function chooseFile(accept = ''): Promise<Uint8Array | null> {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = accept
  return new Promise((resolve) => {
    input.addEventListener('cancel', () => resolve(null))
    input.addEventListener('change', () => {
      const file = input.files?.[0]
      if (!file) resolve(null)
      else void file.arrayBuffer().then((buffer) => resolve(new Uint8Array(buffer)))
    })
    input.click()
  })
}
