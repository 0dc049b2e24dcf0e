import { z } from 'zod'
import { PictureProbe } from '../../../src-preload/contract/picture-probes.ts'
import { Arm, StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import { AllocatedRead } from '../allocation/allocate.ts'
import { Commitment } from '../protocol/lock.ts'
import type { Answers } from '../reading/answers.ts'
import { LogEntry } from '../reading/log.ts'

/** What is true of a case, and what the model said of it; sealed until the data are locked. */
export const CaseTruth = z.strictObject({
  caseId: z.int(),
  /** 1 has the disease. */
  truth: z.union([z.literal(0), z.literal(1)]),
  subtype: z.string().max(40).nullable(),
  /** The model's probability, where it was computed before the study. */
  modelScore: z.number().min(0).max(1).nullable(),
  /** At the model's own threshold. */
  modelCall: z.union([z.literal(0), z.literal(1)]).nullable(),
})
export type CaseTruth = z.infer<typeof CaseTruth>

/** Everything of a closed study from which all other files of its bundle follow. */
export const StudyRecord = z.strictObject({
  /** All versions; the last one holds. */
  protocols: z.array(StudyProtocol).min(1),
  commitment: Commitment,
  /** 64 hexadecimal digits. */
  seed: z.string().regex(/^[0-9a-f]{64}$/),
  reads: z.array(AllocatedRead),
  truth: z.array(CaseTruth),
  /** What the pictures gave away besides the heart, measured at the lock; empty where only one kind was shown. */
  pictureProbes: z.array(PictureProbe),
  readerKeys: z.array(z.strictObject({ readerId: z.int(), publicKey: z.string() })),
  /** All readers' logs, reader after reader. */
  log: z.array(LogEntry),
  /** The study's entries of the registry's audit trail, as they are there. */
  audit: z.array(z.record(z.string(), z.unknown())),
})
export type StudyRecord = z.infer<typeof StudyRecord>

/** One submitted read with everything that is known of it after unblinding. */
export interface Reading {
  readerId: number
  seniority: string
  caseId: number
  truth: 0 | 1
  stratum: string
  stageId: string
  stageKind: 'diagnostic' | 'real-or-generated'
  arm: Arm
  sitting: number
  position: number
  /** 1 where the reader meets the case for the first time within the stage, else 2, … */
  pass: number
  /** The arm of the reader's diagnostic read of this case before this one. */
  previousArm: Arm | null
  answers: Answers
  activeMs: number
  awayMs: number
  submittedMs: number
  openedEarly: boolean
  clockFlagged: boolean
  overTime: boolean
  /** How often the answers were submitted again, where the protocol allows it. */
  revisions: number
  /** Of the protocol that it was read under. */
  version: number
}

export function currentProtocol(study: StudyRecord): StudyProtocol {
  return study.protocols.at(-1)!
}

/** All submitted reads but training, in the order of reader and position. The last submission of a read counts. */
export function readingsOf(study: StudyRecord): Reading[] {
  const protocol = currentProtocol(study)
  const truth = new Map(study.truth.map((one) => [one.caseId, one.truth]))
  const strata = new Map(protocol.cases.map((one) => [one.caseId, one.stratum]))
  return protocol.readers.flatMap(({ readerId, seniority }) => {
    const log = study.log.filter((entry) => entry.readerId === readerId)
    const reads = study.reads.filter((read) => read.readerId === readerId && !read.training)
    const readById = new Map(reads.map((read) => [read.readId, read]))
    const early = new Set(log.flatMap(({ body }) => (body.kind === 'opened-early' ? [body.stageId] : [])))
    const flaggedRuns = new Set(
      log.flatMap(({ body, moment }) => (body.kind === 'clock-forward' ? [moment.runId] : [])),
    )
    const readings = new Map<string, Reading>()
    for (const { body, moment } of log) {
      if (body.kind !== 'submitted') continue
      const read = readById.get(body.readId)
      if (!read) continue
      const stage = protocol.stages.find((one) => one.id === read.stageId)!
      const before = reads.filter((one) => one.caseId === read.caseId && one.position < read.position)
      const diagnostic = before.filter(
        (one) => protocol.stages.find((other) => other.id === one.stageId)!.kind === 'diagnostic',
      )
      readings.set(body.readId, {
        readerId,
        seniority,
        caseId: read.caseId,
        truth: truth.get(read.caseId)!,
        stratum: strata.get(read.caseId)!,
        stageId: read.stageId,
        stageKind: stage.kind,
        arm: read.arm,
        sitting: read.sitting,
        position: read.position,
        pass: before.filter((one) => one.stageId === read.stageId).length + 1,
        previousArm: diagnostic.at(-1)?.arm ?? null,
        answers: body.answers,
        activeMs: body.activeMs,
        awayMs: body.awayMs,
        submittedMs: moment.wallMs,
        openedEarly: early.has(read.stageId),
        clockFlagged: flaggedRuns.has(moment.runId),
        overTime: body.overTime,
        revisions: (readings.get(body.readId)?.revisions ?? -1) + 1,
        version: body.version,
      })
    }
    return [...readings.values()].sort((a, b) => a.position - b.position)
  })
}

/** Arms of the diagnostic stages, the primary pair first. */
export function diagnosticArms(protocol: StudyProtocol): Arm[] {
  const all = protocol.stages.filter((stage) => stage.kind === 'diagnostic').flatMap((stage) => stage.arms)
  return [...new Set([...protocol.primary.arms, ...all])]
}

/** The cases that count, in the order of their numbers. */
export function countedTruth(study: StudyRecord): CaseTruth[] {
  const training = new Set(currentProtocol(study).cases.flatMap((one) => (one.training ? [one.caseId] : [])))
  return study.truth.filter((one) => !training.has(one.caseId)).sort((a, b) => a.caseId - b.caseId)
}
