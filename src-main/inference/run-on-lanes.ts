/**
 * Does numbered pieces of work, as many at once as there are lanes.
 *
 * Where one fails the others stop at the end of their piece, so that the next request finds all lanes idle.
 *
 * @throws whatever the first failing piece throws
 */
export async function runOnLanes(lanes: number, count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0
  const serve = async (): Promise<void> => {
    while (next < count) await work(next++)
  }
  const stopAll = (error: unknown): never => {
    next = count
    throw error
  }
  const served = Array.from({ length: lanes }, () => serve().catch(stopAll))
  await Promise.allSettled(served)
  await Promise.all(served)
}
