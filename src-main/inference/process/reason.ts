/**
 * The runtime's reason in one line, without the source position that it puts in front: "… was false. No adapter" and
 * "file.cc:12 function reason" are of use to its developers only.
 */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const line = text.split('\n')[0]!
  return line.replace(/^.*\bwas false\.\s+/, '').replace(/\.$/, '')
}
