import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { toErrorReply } from '../../api.ts'
import { useFormat } from '../../composables/useFormat.ts'
import type { CineId, ErrorReply, MarkedCine, RealCine, RecordingEntry } from '../../contract.ts'
import { useCinesStore } from '../../stores/cines.ts'
import type { Beside, Picture } from './picture.ts'

export interface PictureSources {
  entry: ComputedRef<RecordingEntry>
  cine: ComputedRef<MarkedCine | null>
  real: ComputedRef<RealCine | null>
  earlier: ComputedRef<readonly RecordingEntry[]>
  /** Levels of a similarity map over each of them. */
  overlays: Readonly<Ref<{ generated: Uint8Array | null; acquired: Uint8Array | null }>>
}

/** What the two panes show: which choices there are, what is chosen, and their frames once they were read. */
export function usePictures({ entry, cine, real, earlier, overlays }: PictureSources) {
  const { t } = useI18n()
  const format = useFormat()
  const cines = useCinesStore()
  const own = shallowRef<Beside>('none')
  const beside = shallowRef<Beside>(real.value ? 'real' : 'none')
  const error = shallowRef<ErrorReply | null>(null)
  /** The step of the slide that is shown, a place in its members. */
  const slideStep = shallowRef(0)
  const read = shallowRef<ReadonlyMap<Beside, MarkedCine>>(new Map())

  const spread = computed(() => cines.spreads.get(entry.value.id) ?? null)
  const slide = computed(() => cines.slides.get(entry.value.id) ?? null)

  const options = computed<{ value: Beside; label: string }[]>(() => {
    const found: { value: Beside; label: string }[] = [{ value: 'none', label: t('cine.beside.none') }]
    if (real.value) found.push({ value: 'real', label: t('cine.beside.real') })
    for (const [index, { seed }] of spread.value?.members.entries() ?? [])
      found.push({ value: `seed ${index}`, label: t('cine.seedNumber', { seed: String(seed) }) })
    if (spread.value) found.push({ value: 'mean', label: t('cine.beside.mean') })
    if (spread.value) found.push({ value: 'deviation', label: t('cine.beside.deviation') })
    if (slide.value) found.push({ value: 'moved', label: t('cine.beside.moved', { phenotype: slide.value.phenotype }) })
    for (const other of earlier.value)
      found.push({ value: `earlier ${other.id}`, label: t('cine.beside.earlier', { file: nameOf(other) }) })
    return found
  })

  const nameOf = ({ ecg, file }: RecordingEntry): string =>
    ecg.startTime === undefined ? file : format.value.dateTime(ecg.startTime)

  /** The cine behind a choice that has to be read, or made, first. */
  function idOf(choice: Beside): CineId | null {
    if (choice.startsWith('seed ')) return spread.value?.members[Number(choice.slice(5))]?.id ?? null
    if (choice === 'mean') return spread.value?.mean.id ?? null
    if (choice === 'moved') return slide.value?.members[slideStep.value]?.id ?? null
    return null
  }

  function pictureOf(choice: Beside): Picture | null {
    if (choice === 'none') return null
    if (choice === 'real') return real.value && realPicture(real.value)
    if (choice === 'deviation') {
      if (!spread.value) return null
      const maximum = format.value.number(100 * spread.value.deviation.maximum, 0)
      return { ...spread.value.deviation, kind: 'map', caption: t('cine.deviationCaption', { maximum }) }
    }
    if (choice.startsWith('earlier ')) {
      const made = cines.cines.get(choice.slice('earlier '.length))
      return made ? { ...made, kind: 'generated', caption: captionOf(choice, made) } : null
    }
    const found = read.value.get(choice)
    return found ? { ...found, kind: 'generated', caption: captionOf(choice, found) } : null
  }

  function captionOf(choice: Beside, { origin, seed }: MarkedCine): string {
    if (origin.kind === 'mean') return t('cine.meanCaption', { count: origin.seeds.length })
    if (origin.kind === 'moved') {
      return t('cine.movedCaption', {
        phenotype: origin.phenotype,
        deviations: format.value.signed(origin.deviations, 1),
      })
    }
    const other = earlier.value.find(({ id }) => choice === `earlier ${id}`)
    const name = t('cine.seedNumber', { seed: String(seed) })
    return other ? `${t('cine.beside.earlier', { file: nameOf(other) })} · ${name}` : name
  }

  const realPicture = (found: RealCine): Picture => ({
    ...found,
    kind: 'acquired',
    caption: t('cine.beside.real'),
    overlay: overlays.value.acquired,
  })

  const ownPicture = computed<Picture | null>(() => {
    const other = own.value === 'none' ? null : pictureOf(own.value)
    if (other || !cine.value) return other
    return {
      ...cine.value,
      kind: 'generated',
      caption: t('cine.seedNumber', { seed: String(cine.value.seed) }),
      overlay: overlays.value.generated,
    }
  })
  const besidePicture = computed(() => pictureOf(beside.value))

  watch([own, beside, spread, slide, slideStep], async () => {
    error.value = null
    for (const choice of [own.value, beside.value]) {
      const id = idOf(choice)
      if (id === null || read.value.get(choice)?.id === id) continue
      try {
        const found = await cines.readMember(id)
        if (idOf(choice) === id) read.value = new Map(read.value).set(choice, found)
      } catch (problem) {
        error.value = toErrorReply(problem)
      }
    }
  })
  watch(real, (found) => {
    if (found) beside.value = 'real'
    else if (beside.value === 'real') beside.value = 'none'
  })
  // Another cine of the same ECG: what was chosen beside it may stay.
  watch(cine, () => (own.value = 'none'))

  return { own, beside, options, ownPicture, besidePicture, slideStep, error, spread, slide }
}
