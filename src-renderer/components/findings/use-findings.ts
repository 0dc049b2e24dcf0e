import { computed, shallowRef, watch, type Ref } from 'vue'
import type { OperatingPoint, RecordingEntry } from '../../contract.ts'
import { atOperatingPoint, changeBetween, changeOfDisease, findingsOf, personOf, type Change } from '../../findings.ts'
import { useApplicationStore } from '../../stores/application.ts'
import { usePatientHistoryStore } from '../../stores/patient-history.ts'
import { previousScreened } from './previous-recording.ts'

/** What a recording's newest screening says, seen at an operating point that may be changed, and what the one before said. */
export function useFindings(entry: Readonly<Ref<RecordingEntry>>) {
  const application = useApplicationStore()
  const history = usePatientHistoryStore()
  /** Null for the one that was recorded with the result. */
  const chosenPoint = shallowRef<OperatingPoint | null>(null)

  const result = computed(() => entry.value.screening)
  /** The installed pack, where it made the result. */
  const pack = computed(() =>
    application.pack && application.pack.sha256 === result.value?.pack.sha256 ? application.pack : null,
  )
  const person = computed(() => personOf(entry.value))
  const viewed = computed(() => {
    const made = result.value
    if (!made || !pack.value || chosenPoint.value === null) return made
    return atOperatingPoint(made, pack.value.diseases, chosenPoint.value)
  })
  const findings = computed(() => viewed.value && findingsOf(viewed.value, pack.value, person.value))

  watch(
    [() => entry.value.id, () => entry.value.screenings.length, () => entry.value.patient?.id],
    ([id], [before]) => {
      if (id !== before) chosenPoint.value = null
      const patientId = entry.value.patient?.id
      if (patientId) void history.load(patientId)
    },
    { immediate: true },
  )
  const previous = computed(() => previousScreened(entry.value, history.of(entry.value.patient?.id)))
  /** Only two results of one pack are held against its repeatability. */
  const comparable = computed(() => pack.value !== null && previous.value?.screening?.pack.sha256 === pack.value.sha256)

  function diseaseBefore(id: string): Change | null {
    const [earlier, now] = [previous.value?.screening, result.value].map((made) =>
      made?.diseases.find((disease) => disease.id === id),
    )
    if (!earlier || !now) return null
    const described = pack.value?.diseases.find((disease) => disease.id === id)
    return changeOfDisease(earlier, now, comparable.value ? described?.repeatability : undefined)
  }

  function phenotypeBefore(id: string): { value: number; change: Change } | null {
    const [earlier, now] = [previous.value?.screening, result.value].map((made) =>
      made?.phenotypes.find((phenotype) => phenotype.id === id),
    )
    if (!earlier || !now) return null
    const described = pack.value?.phenotypes.find((phenotype) => phenotype.id === id)
    const repeatability = comparable.value ? described?.repeatability : undefined
    return { value: earlier.value, change: changeBetween(earlier.value, now.value, repeatability) }
  }

  return { result, pack, person, findings, chosenPoint, previous, diseaseBefore, phenotypeBefore }
}
