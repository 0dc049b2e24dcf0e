import { watch, type Ref } from 'vue'
import type { LayoutId } from './lead-rows.ts'

/** Two ECGs lie over each other by their median beats; afterwards the layout is what it was, unless another was chosen. */
export function useOverlayLayout(overlaid: Readonly<Ref<boolean>>, settings: { layout: LayoutId }): void {
  let before = settings.layout
  watch(overlaid, (over) => {
    if (over) {
      before = settings.layout
      settings.layout = 'median'
    } else if (settings.layout === 'median') settings.layout = before
  })
}
