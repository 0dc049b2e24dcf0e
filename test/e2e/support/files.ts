/** Files for the page's file input: the stand-in looks at names only. */
export function namedFiles(...names: string[]): { name: string; mimeType: string; buffer: Buffer }[] {
  return names.map((name) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(name) }))
}
