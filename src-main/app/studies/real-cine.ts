import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { CodedSentence } from '../../../src-preload/contract/coded-sentence.ts'
import type { CineStack } from '../../cmr/cine.ts'
import { centreOfMotion } from '../../cmr/most-motion.ts'
import { choosePlane } from '../../cmr/plane.ts'
import { prepareCine } from '../../cmr/prepare.ts'
import type { CineChoice } from '../../reader-study/cases/cine-choice.ts'
import { openFile, type NamedBytes } from '../reading/open-file.ts'
import type { Services } from '../services.ts'

const MOST_SERIES_FILES = 400

export interface TakenCine {
  /** [50, 96, 96] in [0, 1] */
  values: Float32Array
  /** What was taken, for the coordinator's eyes. */
  note: CodedSentence
}

/**
 * One plane over one beat from a file, or from the series in a folder.
 *
 * @throws AppError `study/cine-missing`, `study/cine-several`, `cmr/…`, `file/…`
 */
export async function readRealCine(
  services: Pick<Services, 'readCines'>,
  path: string,
  choice: CineChoice,
): Promise<TakenCine> {
  const reply = await services.readCines(await filesAt(path))
  if (!reply.ok) throw new AppError(reply.error.code, reply.error.message)
  const { stacks, refusals } = reply.value
  if (stacks.length === 0) {
    const [refusal] = refusals
    throw new AppError(refusal?.error.code ?? 'cmr/not-a-cine', refusal?.error.message ?? 'No cine was found.')
  }
  return takeCine(chooseStack(stacks, choice), choice)
}

/** The plane, beat and box that were chosen, or else the middle slice, all frames and the box in which most moves. */
export function takeCine(stack: CineStack, { plane, slice, time, frames, centre }: CineChoice): TakenCine {
  const slices = { xy: stack.size.slices, xz: stack.size.rows, yz: stack.size.columns }[plane]
  const index = slice === null ? Math.floor((slices - 1) / 2) : slice - 1
  const cine = choosePlane(stack, { plane, slice: index, time })
  const first = (frames?.first ?? 1) - 1
  const last = (frames?.last ?? cine.frames) - 1
  const middle = centre ?? centreOfMotion(cine)
  const values = {
    format: stack.format,
    plane,
    slice: time === 'third' ? '–' : index + 1,
    slices: time === 'third' ? '–' : slices,
    first: first + 1,
    last: last + 1,
    frames: cine.frames,
    column: middle.x,
    row: middle.y,
  }
  const where = time === 'third' ? `plane ${plane}` : `plane ${plane}, slice ${index + 1} of ${slices}`
  const box = `box around column ${middle.x}, row ${middle.y}${centre ? '' : ' (where most moves)'}`
  return {
    values: prepareCine(cine, { centre: middle, first, last }),
    note: {
      code: centre ? 'cine/taken-box' : 'cine/taken-motion',
      values,
      message: `${stack.format}, ${where}, frames ${first + 1} to ${last + 1} of ${cine.frames}, ${box}`,
    },
  }
}

function chooseStack(stacks: readonly CineStack[], { series }: CineChoice): CineStack {
  const named = series === null ? stacks : stacks.filter((one) => one.seriesNumber === series)
  if (named.length === 1) return named[0]!
  const numbers = stacks.map((one) => one.seriesNumber ?? '–').join(', ')
  throw new AppError(
    'study/cine-several',
    series === null
      ? `The files hold ${stacks.length} cines (series ${numbers}). Name one in the column cine_series, or point to its files.`
      : `${named.length} cines have the series number ${series}; the files hold the series ${numbers}.`,
  )
}

async function filesAt(path: string): Promise<NamedBytes[]> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isDirectory()) return [await openFile(path)]
  const names = (await readdir(path)).filter((name) => !name.startsWith('.')).sort()
  if (names.length > MOST_SERIES_FILES)
    throw new AppError(
      'study/cine-several',
      `The folder holds ${names.length} files; at most ${MOST_SERIES_FILES} are read as one series.`,
    )
  return Promise.all(names.map((name) => openFile(join(path, name))))
}
