import type { MarkedCine } from '../../contract.ts'

/** A video that players begin again by themselves only rarely: several beats, so that one sees it move. */
const BEATS = 6
const BITS_PER_S = 4_000_000

export interface VideoKind {
  ending: 'mp4' | 'webm'
  codec: 'avc' | 'vp9' | 'vp8'
}

/** H.264 plays everywhere, in slides too; where the window cannot encode it, VP9 or VP8. */
const KINDS: readonly VideoKind[] = [
  { ending: 'mp4', codec: 'avc' },
  { ending: 'webm', codec: 'vp9' },
  { ending: 'webm', codec: 'vp8' },
]

/** The first kind that this window can encode at a cine's size; null where it has no encoder. */
export async function encodableKind({
  width,
  height,
}: Pick<MarkedCine, 'width' | 'height'>): Promise<VideoKind | null> {
  if (!('VideoEncoder' in globalThis)) return null
  const { canEncodeVideo } = await import('mediabunny')
  for (const kind of KINDS) {
    if (await canEncodeVideo(kind.codec, { width, height, bitrate: BITS_PER_S })) return kind
  }
  return null
}

/**
 * Encodes a cine that carries the mark at its own rate, several beats one after the other.
 *
 * @param comment  stays with the file, as the mark stays in its pictures
 */
export async function encodeVideo(
  cine: MarkedCine,
  { ending, codec }: VideoKind,
  comment: string,
): Promise<Uint8Array> {
  const { BufferTarget, CanvasSource, Mp4OutputFormat, Output, WebMOutputFormat } = await import('mediabunny')
  const { width, height, frames, cycleMs } = cine
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')!
  const target = new BufferTarget()
  const output = new Output({ target, format: ending === 'mp4' ? new Mp4OutputFormat() : new WebMOutputFormat() })
  const source = new CanvasSource(canvas, { codec, bitrate: BITS_PER_S, keyFrameInterval: 1 })
  output.addVideoTrack(source)
  output.setMetadataTags({ comment })
  await output.start()
  const frameS = cycleMs / 1000 / frames
  const image = context.createImageData(width, height)
  for (let index = 0; index < BEATS * frames; index++) {
    paint(image.data, cine, index % frames)
    context.putImageData(image, 0, 0)
    await source.add(index * frameS, frameS)
  }
  await output.finalize()
  return new Uint8Array(target.buffer!)
}

function paint(rgba: Uint8ClampedArray, { width, height, pixels }: MarkedCine, frame: number): void {
  const from = frame * width * height
  for (let pixel = 0; pixel < width * height; pixel++) {
    const grey = pixels[from + pixel]!
    rgba[4 * pixel] = grey
    rgba[4 * pixel + 1] = grey
    rgba[4 * pixel + 2] = grey
    rgba[4 * pixel + 3] = 255
  }
}
