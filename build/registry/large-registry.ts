import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createSigningKey } from '../../src-main/registry/audit/signing-key.ts'
import { addMadeUpPatients } from '../../src-main/registry/demonstration/add-made-up-patients.ts'
import { addMadeUpWork } from '../../src-main/registry/demonstration/made-up-work.ts'
import { APPLICATION, Registry } from '../../src-main/registry/registry.ts'

const SEED = 1
/** A registry for measuring is nobody's secret. */
export const KEY = Buffer.alloc(32, 7)
/** Every tenth patient has a recording with a screening. */
const PATIENTS_PER_RECORDING = 10

/** A made-up registry of so many patients, every tenth with a screened recording; made once for each folder. */
export async function largeRegistry(folder: string, patients: number, tell: (line: string) => void): Promise<Registry> {
  const directory = join(folder, 'registry')
  const isMade = existsSync(join(directory, 'registry.db'))
  const registry = Registry.open({ directory, dataKey: Buffer.from(KEY) })
  if (isMade) return registry
  registry.change(APPLICATION, createSigningKey)
  const order = { seed: SEED, count: patients }
  await addMadeUpPatients(registry, APPLICATION, order, (done) => {
    if (done % 100_000 === 0) tell(`${done} patients`)
  })
  const recordings = Math.floor(patients / PATIENTS_PER_RECORDING)
  await addMadeUpWork(registry, APPLICATION, { seed: SEED, count: recordings })
  tell(`${recordings} recordings`)
  return registry
}
