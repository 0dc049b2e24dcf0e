import { setFlagsFromString } from 'node:v8'

/** Memory that may be used, in per cent of what is still needed, before all of it is looked through again. */
const GROWTH_PERCENT = 400

/**
 * Lets garbage lie longer before the whole heap is marked.
 *
 * A batch hands on more than half a megabyte a recording, and the runtime counts those bytes against the limit of a
 * heap of which 17 MB are in use. By its own measure a long batch marks all of it every twenty-five recordings, on this
 * thread and beside it, which takes 0.7 to 0.8 ms of processor time a recording from the encoder; marked less often, the
 * process is some 35 MB larger at its peak.
 *
 * The limit is worked out anew after each collection, so that it may be set in a process that runs already.
 */
export function letHeapGrow(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`)
}
