import type { CinePhases } from '../../contract.ts'

/** Frames for a pane: they carry their mark or label in every pixel path, as main burned it in. */
export interface Picture {
  kind: 'generated' | 'acquired' | 'map'
  frames: number
  width: number
  height: number
  /** 8-bit grey, or levels of a map; frame-major, row-major. */
  pixels: Uint8Array
  /** What stands under the pane. */
  caption: string
  /** Levels of a map that is laid over every frame, [height, width]. */
  overlay?: Uint8Array | null
  phases?: CinePhases
}

/** What another pane shows beside the cine. */
export type Beside = 'none' | 'real' | 'mean' | 'deviation' | 'moved' | `seed ${number}` | `earlier ${string}`
