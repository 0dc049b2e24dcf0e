import { setImmediate as turn } from 'node:timers/promises'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { dicomWriter } from '../../ecg/writers/dicom.ts'
import type { Actor } from '../../registry/registry.ts'
import { madeUpPatient } from '../../registry/demonstration/made-up-patients.ts'
import { findPatientByLocalId } from '../../registry/tables/patients.ts'
import { reviewScreening } from '../../registry/tables/reviews.ts'
import { listScreenings } from '../../registry/tables/screenings.ts'
import { runReadJob } from '../reading/read-job.ts'
import { storeImport } from '../recordings/store-import.ts'
import { screenRecording } from '../screen-recording.ts'
import type { Services } from '../services.ts'
import { MADE_UP_RATE_HZ, madeUpEcg } from './made-up-ecg.ts'

/** Visits of one patient: the first patients have most, so that their course can be looked at. */
const MOST_VISITS = 4
const FIRST_VISIT_MS = Date.UTC(2024, 0, 8, 8)
const BETWEEN_VISITS_MS = 150 * 86_400_000
/** One of so many is nobody's yet, has a lead that came off, or has been looked at by the physician. */
const UNASSIGNED_OF = 9
const FLAT_OF = 13
const REVIEWED_OF = 3

/**
 * Gives the first patients of a demonstration recordings that were never of anybody, screened by the pack that runs.
 * Device and file name of each say that it is made up. One seed gives one set of them.
 *
 * @param by  who imports, and who looks at some of them
 * @throws AppError `pack/…`, `inference/…`, `registry/…`
 */
export async function addMadeUpRecordings(
  services: Services,
  by: { operator: Actor; reviewer: Actor },
  { seed, count, patients }: { seed: number; count: number; patients: number },
): Promise<void> {
  const { registry, release } = services.access.holdOpen()
  try {
    const most = Math.min(count, patients * MOST_VISITS)
    for (let number = 0; number < most; number += 1) {
      const patient = Math.floor(number / MOST_VISITS)
      const visit = number % MOST_VISITS
      const person = madeUpPatient(seed, patient)
      const file = madeUpFile(seed, patient, visit, number % FLAT_OF === FLAT_OF - 1)
      const read = runReadJob(file, () => undefined, { leads: true, screening: true })
      const owner =
        number % UNASSIGNED_OF === UNASSIGNED_OF - 1 ? null : findPatientByLocalId(registry.db, person.localId)
      const { id, outcome } = await storeImport(registry, by.operator, [file], read, owner?.id ?? null)
      if (outcome === 'added' && read.prepared) {
        await screenRecording(services, registry, by.operator, id).catch(keepWithheld)
      }
      const [screening] = listScreenings(registry.db, id)
      if (screening && number % REVIEWED_OF === 0) {
        const opinion = { agreement: 'agree', conclusion: 'DEMO · made up, no real person' } as const
        registry.change(by.reviewer, (change) => reviewScreening(change, screening.id, opinion))
      }
      await turn()
    }
  } finally {
    release()
  }
}

/** Some of the people are minors, for whom the pack gives no result: their recordings stay without one, as in a ward. */
function keepWithheld(error: unknown): void {
  if (!(error instanceof AppError && error.code.startsWith('intended-use/'))) throw error
}

/** A file as a cart would write it, and that says what it is. */
function madeUpFile(seed: number, patient: number, visit: number, flat: boolean): { name: string; bytes: Uint8Array } {
  const { localId, name, sex, birthDate } = madeUpPatient(seed, patient)
  const channels = madeUpEcg(seed, patient, visit + 1)
  const at = new Date(
    FIRST_VISIT_MS + visit * BETWEEN_VISITS_MS + (patient % 28) * 86_400_000 + (patient % 9) * 1_900_000,
  )
  const [file] = dicomWriter.write(
    {
      rateHz: MADE_UP_RATE_HZ,
      channels: channels.map((one) =>
        flat && one.name === 'V3' ? { ...one, samplesMv: one.samplesMv.map(() => 0) } : one,
      ),
      patient: { id: localId, name, sex, ...(birthDate !== null && { birthDate }) },
      startTime: at.toISOString().slice(0, 19),
      device: 'DEMO simulated ECG',
    },
    `${localId}-${visit + 1}`,
  )
  return file!
}
