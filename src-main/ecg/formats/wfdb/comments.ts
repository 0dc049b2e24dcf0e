import type { FilePatient } from '../../../../src-preload/contract/ecg.ts'

/** Age and sex of the customary header comments: `# Age: 78`, `# sex: female`, `# <age>: 25  <sex>: M`. */
export function patientOfComments(comments: readonly string[]): {
  [K in keyof FilePatient]?: FilePatient[K] | undefined
} {
  const text = comments.join('\n')
  const age = Number(/(?:^|[\s<])age>?\s*[:=]\s*(\d{1,3}(?:\.\d+)?)(?:\s|$)/im.exec(text)?.[1] ?? NaN)
  const sex = /(?:^|[\s<])(?:sex|gender)>?\s*[:=]\s*([A-Za-z]+)/im.exec(text)?.[1]?.toLowerCase()
  return {
    ageYears: Number.isNaN(age) ? undefined : age,
    sex: sex === 'f' || sex === 'female' ? 'female' : sex === 'm' || sex === 'male' ? 'male' : undefined,
  }
}
