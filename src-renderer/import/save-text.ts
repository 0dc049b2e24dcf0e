/** Hands a text to the browser's own "save as"; nothing of it leaves this computer. */
export function saveText(fileName: string, text: string, mediaType: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${mediaType};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  // After the click has been taken; the copy in memory is a patient's.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
