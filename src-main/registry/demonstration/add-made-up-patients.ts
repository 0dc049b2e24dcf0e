import { setImmediate as turn } from 'node:timers/promises'
import type { Actor, Registry } from '../registry.ts'
import { createPatient } from '../tables/patients.ts'
import { madeUpPatient } from './made-up-patients.ts'

/** Patients in one transaction: large enough that the disk is not the limit, small enough that nothing else starves. */
const IN_ONE_CHANGE = 5000

/** Adds `count` made-up patients, each with its entry in the trail. */
export async function addMadeUpPatients(
  registry: Registry,
  by: Actor,
  { seed, count, from = 0 }: { seed: number; count: number; from?: number },
  onProgress: (done: number) => void = () => undefined,
): Promise<void> {
  for (let done = 0; done < count;) {
    const upTo = Math.min(count, done + IN_ONE_CHANGE)
    registry.change(by, (change) => {
      for (; done < upTo; done += 1) createPatient(change, madeUpPatient(seed, from + done))
    })
    onProgress(done)
    await turn()
  }
}
