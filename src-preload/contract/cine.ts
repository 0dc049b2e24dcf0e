import { z } from 'zod'
import { bytes } from './bytes.ts'
import { MAX_SPREAD_SEEDS } from './constants.ts'
import { CineId, RecordingId } from './ids.ts'
import { Provider, Sampler } from './screening.ts'

const seed = z.int().min(0).max(0xffffffff)
const frameIndex = z.int().min(0).max(49)

/** Where the heart is fullest and emptiest, told from the frames alone; see docs/cine.md. */
export const CinePhases = z.strictObject({
  endDiastole: frameIndex,
  /** Null where it could not be told, with the reason. */
  endSystole: frameIndex.nullable(),
  reason: z.enum(['no-blood-pool', 'small-change', 'not-in-systole']).nullable(),
  /** Share of the first frame's blood pool that is blood still, by frame; null where no end-systole was found. */
  curve: z.array(z.number().min(0).max(1)).length(50).nullable(),
})
export type CinePhases = z.infer<typeof CinePhases>

/** What a generated cine was made of. */
export const CineOrigin = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('seed') }),
  /** Pixel by pixel the mean of several seeds. */
  z.strictObject({ kind: z.literal('mean'), seeds: z.array(seed) }),
  /** The ECG's feature moved by so many standard deviations along a phenotype: an illustration. */
  z.strictObject({ kind: z.literal('moved'), phenotype: z.string(), deviations: z.number() }),
])
export type CineOrigin = z.infer<typeof CineOrigin>

/** A generated cine with the mark already burned into every frame: 8-bit grey, frame-major, row-major. */
export const MarkedCine = z.strictObject({
  id: CineId,
  recordingId: RecordingId,
  origin: CineOrigin,
  frames: z.literal(50),
  width: z.int().positive(),
  height: z.int().positive(),
  pixels: bytes(64 * 2 ** 20),
  /** One cardiac cycle in ms, from the ECG's mean R–R interval. */
  cycleMs: z.number().positive(),
  phases: CinePhases,
  seed,
  sampler: Sampler,
  provider: Provider,
  timingsMs: z.record(z.string(), z.number()),
})
export type MarkedCine = z.infer<typeof MarkedCine>

/** One small frame with a mark of its own size. */
export const MarkedThumbnail = z.strictObject({
  width: z.int().positive(),
  height: z.int().positive(),
  pixels: bytes(2 ** 20),
})
export type MarkedThumbnail = z.infer<typeof MarkedThumbnail>

/** Values over the frames of a cine as levels 0 to 255 of `maximum`, the mark burned in like in a cine. */
export const MarkedMap = z.strictObject({
  frames: z.literal(50),
  width: z.int().positive(),
  height: z.int().positive(),
  pixels: bytes(64 * 2 ** 20),
  /** What level 255 stands for. */
  maximum: z.number().positive(),
})
export type MarkedMap = z.infer<typeof MarkedMap>

/** One of several cines that were generated together; its pixels are read when it is shown. */
export const CineMember = z.strictObject({ id: CineId, thumbnail: MarkedThumbnail })
export type CineMember = z.infer<typeof CineMember>

/** How far cines of one ECG and several seeds differ. */
export const CineSpread = z.strictObject({
  id: CineId,
  recordingId: RecordingId,
  members: z.array(CineMember.extend({ seed })),
  mean: CineMember,
  /** Standard deviation over the seeds, by pixel and frame, in shares of the grey scale. */
  deviation: MarkedMap,
  meanDeviation: z.number(),
  /** Structural similarity of each pair, mean of ten frames through the cycle; 1 on the diagonal. */
  ssim: z.array(z.array(z.number())),
  /** Places in `members` of the two that are least alike. */
  mostDifferent: z.tuple([z.int().min(0), z.int().min(0)]),
})
export type CineSpread = z.infer<typeof CineSpread>

/** Cines of one seed along a phenotype. */
export const CineSlide = z.strictObject({
  id: CineId,
  recordingId: RecordingId,
  phenotype: z.string(),
  members: z.array(CineMember.extend({ deviations: z.number() })),
})
export type CineSlide = z.infer<typeof CineSlide>

const job = z.strictObject({ cineId: CineId, recordingId: RecordingId, sampler: Sampler })

/** `cine:*` — generated cines. Each job answers when it is finished; progress comes as `cine:progress` with its id. */
export const cineChannels = {
  /** Refused with `cine/cancelled` on cancel. */
  'cine:generate': { input: job.extend({ seed }), output: MarkedCine },
  'cine:generate-spread': {
    input: job.extend({ seeds: z.array(seed).min(2).max(MAX_SPREAD_SEEDS) }),
    output: CineSpread,
  },
  /** Refused with `cine/no-direction` where the pack has none for the phenotype. */
  'cine:slide': { input: job.extend({ seed, phenotype: z.string().max(32) }), output: CineSlide },
  /** A cine of this session again, or a member of several. */
  'cine:read': { input: z.strictObject({ cineId: CineId }), output: MarkedCine },
  'cine:cancel': { input: z.strictObject({ cineId: CineId }), output: z.void() },
} as const

export const cineEvents = {
  'cine:progress': z.strictObject({ cineId: CineId, step: z.int().min(0), of: z.int().positive() }),
} as const
