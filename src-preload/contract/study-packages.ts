import { z } from 'zod'
import { bytes } from './bytes.ts'
import { CodedSentence } from './coded-sentence.ts'
import { StudyId } from './ids.ts'

/** What a reader's computer took of a study package, and what it left because both sides went on by themselves. */
export const TakenPackage = z.strictObject({
  studyId: StudyId,
  title: z.string(),
  /** The study was here already and was brought up to date. */
  known: z.boolean(),
  versions: z.int(),
  lines: z.int(),
  conflicts: z.array(CodedSentence),
})
export type TakenPackage = z.infer<typeof TakenPackage>

export const MergedAnswers = z.strictObject({
  readerId: z.int(),
  added: z.int(),
  /** Where there is one, nothing was added. */
  conflict: CodedSentence.nullable(),
})
export type MergedAnswers = z.infer<typeof MergedAnswers>

const Passphrase = z.string().min(1).max(200)
const NamedFile = z.strictObject({ name: z.string(), bytes: bytes(512 * 2 ** 20) })
const study = z.strictObject({ studyId: StudyId })

/** Studies on laptops without a network: a package goes out, signed answers come back, an amendment goes out again. */
export const studyPackageContract = {
  'study:export-package': {
    input: study.extend({ readerId: z.int(), passphrase: Passphrase }),
    output: NamedFile,
  },
  'study:merge-answers': { input: study.extend({ file: bytes(64 * 2 ** 20) }), output: MergedAnswers },
  'study:import-package': {
    input: z.strictObject({ file: bytes(512 * 2 ** 20), passphrase: Passphrase }),
    output: TakenPackage,
  },
  'study:export-answers': { input: study, output: NamedFile },
} as const
