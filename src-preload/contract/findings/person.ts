import type { EcgSummary } from '../ecg.ts'
import type { PatientLabel } from '../worklist.ts'
import { ageInYears } from './age.ts'
import { bodySurfaceM2, type ReferencePerson } from './reference-ranges.ts'

/** Sex, age and size of whoever was recorded: as the registry has them, and what it leaves open from the file. */
export function personOf({
  patient,
  ecg,
  importedAt,
}: {
  patient: PatientLabel | null
  ecg: Pick<EcgSummary, 'patient' | 'startTime'>
  importedAt: string
}): ReferencePerson {
  const fromFile = ecg.patient
  const sex = [patient?.sex, fromFile?.sex].find((one) => one === 'female' || one === 'male')
  const at = ecg.startTime ?? importedAt
  const { heightCm, weightKg } = patient ?? {}
  return {
    sex,
    ageYears: ageInYears(patient?.birthDate, at) ?? fromFile?.ageYears ?? ageInYears(fromFile?.birthDate, at),
    bodySurfaceM2: heightCm && weightKg ? bodySurfaceM2(heightCm, weightKg) : undefined,
  }
}
