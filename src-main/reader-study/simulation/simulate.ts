import { createHash } from 'node:crypto'
import type { Arm, StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import { normalCumulative, normalQuantile } from '../../statistics/distributions.ts'
import { Philox } from '../../statistics/random.ts'
import { allocate } from '../allocation/allocate.ts'
import type { CaseTruth, StudyRecord } from '../bundle/study-record.ts'
import { hashOf } from '../protocol/canonical-json.ts'
import { commit } from '../protocol/lock.ts'
import { articleDesign, protocolFrom, sixSequenceWilliamsDesign } from '../protocol/templates.ts'
import { appendEntry, keysHash, type LogBody, logEnds, type LogEntry, makeReaderKeys } from '../reading/log.ts'
import { type ReaderModel, usualReaders, VirtualReaders } from './virtual-readers.ts'

export interface SimulationOptions {
  readers: number
  cases: number
  /** Share of cases with the disease. */
  prevalence: number
  /** True reader-averaged area under each diagnostic arm. */
  areas: ReadonlyMap<Arm, number>
  modelAuc: number | null
  seed: number
  design: 'article' | 'williams'
  /** Probability that a virtual reader tells real from generated. */
  tellAccuracy: number
  model?: ReaderModel
  appVersion: string
}

const DAY_MS = 86_400_000
const START_MS = Date.UTC(2026, 0, 5, 8)
const SENIORITIES = ['resident', 'attending', 'associate-chief']

/** A whole study of virtual readers, from the protocol to the signed logs. One seed gives one study, its keys apart. */
export function simulateStudy(options: SimulationOptions): StudyRecord {
  const random = new Philox(options.seed, 1)
  const truth = virtualCases(options, random)
  const protocol = simulatedProtocol(options, truth)
  const seed = createHash('sha256').update(`simulation/${options.seed}`).digest()
  const reads = allocate(protocol, seed)
  const readerIds = protocol.readers.map((one) => one.readerId)
  const virtual = new VirtualReaders(options.areas, readerIds, options.seed, options.model ?? usualReaders)
  const caseById = new Map(truth.map((one) => [one.caseId, one]))
  const keys = readerIds.map((readerId) => ({ readerId, ...makeReaderKeys() }))
  const log: LogEntry[] = []
  for (const { readerId, privateKey } of keys) {
    let last: LogEntry | null = null
    let nowMs = START_MS
    let sittingStartMs = nowMs
    let before: { sitting: number; stageId: string } | null = null
    const add = (body: LogBody): void => {
      const moment = {
        wallMs: nowMs,
        monotonicMs: nowMs - sittingStartMs,
        runId: `simulated-${readerId}-${before?.sitting ?? 0}`,
      }
      last = appendEntry(last, { studyId: protocol.studyId, readerId, moment, body }, { privateKey })
      log.push(last)
    }
    for (const read of reads.filter((one) => one.readerId === readerId)) {
      const stage = protocol.stages.find((one) => one.id === read.stageId)!
      if (before && before.sitting !== read.sitting) {
        nowMs += DAY_MS * (before.stageId === read.stageId ? 1 : stage.washoutDays + 1)
        sittingStartMs = nowMs
      }
      before = read
      const activeMs = virtual.activeMs()
      nowMs += activeMs
      const one = caseById.get(read.caseId)!
      const answers =
        stage.kind === 'diagnostic'
          ? virtual.diagnose(protocol, readerId, one, read.arm)
          : virtual.tell('real', read.arm, options.tellAccuracy)
      add({
        kind: 'submitted',
        readId: read.readId,
        version: 1,
        answers,
        activeMs,
        awayMs: 0,
        tools: {},
        overTime: false,
      })
    }
  }
  const commitment = commit(protocol, {
    casesSha256: hashOf(protocol.cases),
    allocationSha256: hashOf({ truth, reads, pictureProbes: [] }),
    readersSha256: keysHash(keys),
    appVersion: options.appVersion,
    packSha256: 'simulated',
    lockedAt: new Date(START_MS).toISOString(),
  })
  return {
    protocols: [protocol],
    commitment,
    seed: seed.toString('hex'),
    reads,
    truth,
    pictureProbes: [],
    readerKeys: keys.map(({ readerId, publicKey }) => ({ readerId, publicKey })),
    log,
    audit: [
      { action: 'study:simulate', seed: options.seed, readers: options.readers, cases: options.cases },
      { action: 'study:protocol', afterJson: JSON.stringify({ version: 1, sha256: commitment.sha256 }) },
      { action: 'study:lock-data', afterJson: JSON.stringify({ logs: logEnds(readerIds, log) }) },
    ],
  }
}

function virtualCases({ cases, prevalence, modelAuc }: SimulationOptions, random: Philox): CaseTruth[] {
  const diseased = Math.round(cases * prevalence)
  const separation = modelAuc === null ? null : normalQuantile(modelAuc) * Math.SQRT2
  const subtypes = ['dcm', 'hcm', 'rcm']
  const order = random.permutation(cases)
  return Array.from({ length: cases }, (_, index) => {
    const truth = order[index]! < diseased ? 1 : 0
    const score = separation === null ? null : normalCumulative(truth * separation + random.normal() - separation / 2)
    return {
      caseId: index + 1,
      truth,
      subtype: truth === 1 ? subtypes[random.below(3)]! : null,
      modelScore: score,
      modelCall: score === null ? null : score >= 0.5 ? 1 : 0,
    }
  })
}

function simulatedProtocol({ design, readers, seed }: SimulationOptions, truth: readonly CaseTruth[]): StudyProtocol {
  const digest = createHash('sha256').update(`study/${seed}`).digest('hex')
  const studyId = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`
  const template = design === 'article' ? articleDesign : sixSequenceWilliamsDesign
  return {
    ...protocolFrom(template, { studyId, title: `Simulated study, seed ${seed}` }),
    cases: truth.map((one) => ({
      caseId: one.caseId,
      stratum: one.truth === 1 ? 'cardiomyopathy' : 'control',
      training: false,
    })),
    readers: Array.from({ length: readers }, (_, index) => ({
      readerId: index + 1,
      seniority: SENIORITIES[Math.floor((index * SENIORITIES.length) / readers)]!,
    })),
    minimumDistance: Math.min(20, Math.floor(truth.length / 4)),
  }
}
