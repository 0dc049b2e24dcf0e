/** Philox streams of one generation; the key is (seed, stream). docs/model-pack.md fixes them. */
export const ORDER_STREAM = 0
export const START_STREAM = 1
export const STEP_STREAM = 2
