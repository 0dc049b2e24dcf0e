import { describe, expect, it } from 'vitest'
import { decodeImage } from '../../../src-main/app/reading/image-codecs.ts'
import { dicomStart } from '../../../src-main/dicom/file.ts'
import { readDicomImages } from '../../../src-main/cmr/formats/dicom.ts'
import { looksLikeNifti, readNifti } from '../../../src-main/cmr/formats/nifti.ts'
import { pixelBudget } from '../../../src-main/cmr/limits.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { Mutate } from '../../fuzz/input.ts'
import { mutateBytes } from '../../fuzz/mutate/bytes.ts'
import { mutateDicom } from '../../fuzz/mutate/dicom.ts'
import { FuzzRandom } from '../../fuzz/random.ts'
import { CINES, filesIn } from '../files.ts'

const FILES = filesIn(CINES).filter(({ name }) => /\.(dcm|nii|nii\.gz)$/.test(name))
const CUTS = 60
const CHANGED = Number(process.env['CARDIONETS_CHANGED'] ?? 120)

/** Pixels of all frames, or the code of the refusal; anything else that is thrown is a defect and rises. */
async function answerTo(bytes: Uint8Array): Promise<readonly Float32Array[] | string> {
  try {
    if (looksLikeNifti(bytes)) return [readNifti(bytes, 'x', pixelBudget()).values]
    if (dicomStart(bytes.subarray(0, 256)) === undefined) return 'no image'
    return (await readDicomImages(bytes, 'x', decodeImage, pixelBudget())).frames.map(({ values }) => values)
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

describe('a cine file that was cut off', () => {
  it.each(FILES)('is refused, or nothing of its pixels is gone: $name', async ({ bytes }) => {
    const whole = await answerTo(bytes)
    expect(typeof whole).not.toBe('string')
    for (let cut = 0; cut < CUTS; cut++) {
      const length = Math.floor((bytes.length * cut) / CUTS)
      const answer = await answerTo(bytes.subarray(0, length))
      if (typeof answer !== 'string') expect(answer, `at ${length}`).toEqual(whole)
    }
  })
})

describe('a cine file that was changed', () => {
  it.each(FILES)('has an answer with a code, or pixels: $name', async ({ name, bytes }) => {
    const random = new FuzzRandom(name.length)
    const ways: Mutate[] = name.endsWith('.dcm') ? [mutateDicom, mutateBytes] : [mutateBytes]
    for (let count = 0; count < CHANGED; count++) {
      const changed = random.pick(ways)(bytes, random, [])
      const answer = await answerTo(changed)
      if (typeof answer === 'string') expect(answer).toMatch(/^(no image|(format|cmr|dicom)\/[a-z-]+)$/)
      else for (const values of answer) expect(values.length).toBeGreaterThan(0)
    }
  })
})
