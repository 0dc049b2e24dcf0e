/** Hands a file to the browser's own download: it lands where the user's downloads go. */
export function saveFile(name: string, content: string | Uint8Array): void {
  const part = typeof content === 'string' ? content : new Uint8Array(content)
  const address = URL.createObjectURL(new Blob([part]))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

/** @returns the chosen file's bytes, or null */
export function chooseFile(): Promise<Uint8Array | null> {
  const input = document.createElement('input')
  input.type = 'file'
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
