/** What actions and records are called. One that has no words of its own yet stands as it is in the trail. */
export function auditWords(
  t: (key: string) => string,
  te: (key: string) => boolean,
): { action(name: string): string; kind(name: string): string } {
  const word = (key: string, name: string): string => (te(key) ? t(key) : name)
  return {
    action: (name) => word(`audit.did_${name.replaceAll(/[:-]/g, '_')}`, name),
    kind: (name) => word(`audit.kind_${name.replaceAll('-', '_')}`, name),
  }
}
