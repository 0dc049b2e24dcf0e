/**
 * The parts of Element Plus that the window uses, each from its own module, so that nothing else is bundled.
 *
 * Some of the kit's own types do not survive `exactOptionalPropertyTypes` (a prop's type becomes its declaration);
 * those components are given the props that we use.
 */
import { ElConfigProvider as ConfigProvider } from 'element-plus/es/components/config-provider/index.mjs'
import { ElOption as Option, ElSelect as Select } from 'element-plus/es/components/select/index.mjs'
import type { DefineComponent } from 'vue'

export { ElButton } from 'element-plus/es/components/button/index.mjs'
export { ElDialog } from 'element-plus/es/components/dialog/index.mjs'
export { ElInput } from 'element-plus/es/components/input/index.mjs'
export { ElInputNumber } from 'element-plus/es/components/input-number/index.mjs'
export { ElSegmented } from 'element-plus/es/components/segmented/index.mjs'
export { ElSlider } from 'element-plus/es/components/slider/index.mjs'
export { default as kitEnglish } from 'element-plus/es/locale/lang/en.mjs'
export { default as kitChinese } from 'element-plus/es/locale/lang/zh-cn.mjs'

export const ElConfigProvider = ConfigProvider as unknown as DefineComponent<{ locale: object }>

export const ElOption = Option as unknown as DefineComponent<{ value: string | number; label: string }>

export const ElSelect = Select as unknown as DefineComponent<{
  modelValue: string | number
  size?: 'small' | 'default'
  'onUpdate:modelValue'?: (value: never) => unknown
}>
