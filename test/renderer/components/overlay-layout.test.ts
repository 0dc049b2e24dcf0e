import { describe, expect, it } from 'vitest'
import { nextTick, reactive, ref } from 'vue'
import { useOverlayLayout } from '@/components/ecg/use-overlay-layout.ts'
import type { LayoutId } from '@/components/ecg/lead-rows.ts'

async function afterOverlay(layout: LayoutId, chosenMeanwhile?: LayoutId): Promise<LayoutId[]> {
  const [overlaid, settings] = [ref(false), reactive({ layout })]
  useOverlayLayout(overlaid, settings)
  overlaid.value = true
  await nextTick()
  const during = settings.layout
  if (chosenMeanwhile) settings.layout = chosenMeanwhile
  overlaid.value = false
  await nextTick()
  return [during, settings.layout]
}

describe('the layout of two ECGs over each other', () => {
  it('is that of median beats, and afterwards what it was before', async () => {
    expect(await afterOverlay('6x2')).toEqual(['median', '6x2'])
    expect(await afterOverlay('median')).toEqual(['median', 'median'])
  })

  it('stays what was chosen meanwhile', async () =>
    expect(await afterOverlay('6x2', '12x1')).toEqual(['median', '12x1']))
})
