import type { CineFacts } from '../../../src-preload/contract/cmr.ts'
import type { CineStack } from '../../cmr/cine.ts'
import { bodyPlane } from '../../cmr/plane.ts'

/** What a cine's files say, without pixels and without the patient. */
export function describeStack(stack: CineStack): CineFacts {
  const { format, size, spacingMm, frameTimesMs, order, frameTimes, encoding, files, warnings } = stack
  const { seriesNumber, seriesDescription, device, acquiredAt, sliceMm } = stack
  return {
    format,
    size,
    spacingMm: spacingMm && [...spacingMm],
    frameTimesMs: frameTimesMs && [...frameTimesMs],
    order,
    frameTimes,
    encoding,
    fileCount: files.length,
    ...(seriesNumber !== undefined && { seriesNumber }),
    ...(seriesDescription !== undefined && { seriesDescription }),
    ...(device !== undefined && { device }),
    ...(acquiredAt !== undefined && { acquiredAt }),
    ...(sliceMm !== undefined && { sliceMm }),
    bodyPlanes: { xy: bodyPlane(stack, 'xy'), xz: bodyPlane(stack, 'xz'), yz: bodyPlane(stack, 'yz') },
    warnings: [...warnings],
  }
}
