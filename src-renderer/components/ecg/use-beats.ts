import { computed, shallowRef, watch, type Ref } from 'vue'
import { toErrorReply } from '../../api.ts'
import type { ErrorReply, MeasuredEcg, RecordingId, Waveform } from '../../contract.ts'
import { useMeasuredEcgsStore } from '../../stores/measured-ecgs.ts'

/**
 * The median beat of a recording as a waveform of its own, asked for when it is first wanted.
 *
 * @param id      null for none
 * @param wanted  whether it is to be shown
 */
export function useBeats(id: Readonly<Ref<RecordingId | null>>, wanted: Readonly<Ref<boolean>>) {
  const store = useMeasuredEcgsStore()
  const measured = shallowRef<MeasuredEcg | null>(null)
  const error = shallowRef<ErrorReply | null>(null)

  watch(
    [id, wanted],
    async ([current, asked]) => {
      measured.value = null
      error.value = null
      if (current === null || !asked) return
      try {
        const answer = await store.measure(current)
        if (id.value === current) measured.value = answer
      } catch (problem) {
        if (id.value === current) error.value = toErrorReply(problem)
      }
    },
    { immediate: true },
  )

  const beat = computed(() => measured.value?.medianBeat ?? null)
  return { measured, error, beat, waveform: computed(() => beat.value && beatWaveform(beat.value)) }
}

const beatWaveform = ({ rateHz, leads }: NonNullable<MeasuredEcg['medianBeat']>): Waveform => ({
  rateHz,
  window: null,
  leads: leads.map(({ name, samplesMv }) => ({ name, derived: false, samplesMv })),
})

/** Ends of P, QRS and T in s from the start of the median beat, as far as they could be told. */
export function waveEndsS({ medianBeat, measurements }: MeasuredEcg): number[] {
  if (!medianBeat) return []
  const { pOnsetMs, pOffsetMs, qrsOnsetMs, qrsOffsetMs, tOffsetMs } = measurements.fiducials
  return [pOnsetMs, pOffsetMs, qrsOnsetMs, qrsOffsetMs, tOffsetMs].flatMap((ms) =>
    ms === null ? [] : [medianBeat.rIndex / medianBeat.rateHz + ms / 1000],
  )
}
