/**
 * Which of the files that are named by others get no line of their own: all but those that lead round in a circle, as two
 * headers do that name each other, or one that names itself. None of these can be read, and silence about them would
 * look as if they were not there.
 *
 * @param named  what each header names, by bare name
 */
export function hiddenFiles(named: ReadonlyMap<string, Iterable<string>>): Set<string> {
  const round = new Map(named)
  // A header is out of it once everything that it names is.
  for (let before = -1; before !== round.size;) {
    before = round.size
    for (const [header, files] of round) {
      if (![...files].some((file) => round.has(file))) round.delete(header)
    }
  }
  const files = [...named.values()].flatMap((some) => [...some])
  return new Set(files.filter((file) => !round.has(file)))
}
