import { shallowRef, type Ref } from 'vue'
import { readNumber, writeSetting } from '../../stores/settings-storage.ts'
import { SCREEN_PX_PER_MM } from './millimetres.ts'

/**
 * Names the screen that the window stands on by its device pixels, which do not change with the browser's zoom. Two
 * screens of the same size in pixels share one calibration.
 */
export function screenName({ width, height }: { width: number; height: number }, pixelRatio: number): string {
  return `${Math.round(width * pixelRatio)}x${Math.round(height * pixelRatio)}`
}

/** Device pixels for one millimetre of the present screen, as somebody measured them; null before. */
export function useScreenCalibration(pixelRatio: Readonly<Ref<number>>) {
  const setting = (): string => `screen-px-per-mm.${screenName(window.screen, pixelRatio.value)}`
  const read = (): number | null => {
    const { least, most } = SCREEN_PX_PER_MM
    const stored = readNumber(setting())
    return stored !== undefined && stored >= least && stored <= most ? stored : null
  }
  const pxPerMm = shallowRef(read())
  return {
    pxPerMm: pxPerMm as Readonly<Ref<number | null>>,
    /** Looks again: the window may have moved to another screen. */
    refresh: (): void => void (pxPerMm.value = read()),
    store(value: number): void {
      writeSetting(setting(), String(value))
      pxPerMm.value = value
    },
  }
}
