import { randomBytes } from 'node:crypto'
import type { Arm, StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { allocate, type AllocatedRead } from '../../reader-study/allocation/allocate.ts'
import { balanceOf, type BalanceReport } from '../../reader-study/allocation/balance.ts'
import { deliveryPlan } from '../../reader-study/allocation/delivery-plan.ts'
import { RandomStream } from '../../reader-study/allocation/random-stream.ts'
import { type CustodianKey, sealSecrets } from '../../reader-study/allocation/seal.ts'
import { itemOf } from '../../reader-study/cases/prepare-item.ts'
import { hashOf } from '../../reader-study/protocol/canonical-json.ts'
import { problem, protocolProblems } from '../../reader-study/protocol/check-protocol.ts'
import { commit } from '../../reader-study/protocol/lock.ts'
import { keysHash, makeReaderKeys } from '../../reader-study/reading/log.ts'
import type { Registry } from '../../registry/registry.ts'
import { listCases, type StoredCase } from '../../registry/studies/study-cases.ts'
import { addItems, addPlan, addReaders, type StoredRead, type StudyItem } from '../../registry/studies/study-plan.ts'
import { addProtocolVersion, type DraftContent, getStudy, lockStudy } from '../../registry/studies/studies.ts'
import { probeCases } from './probe-pictures.ts'
import type { Services } from '../services.ts'

/** What keeps a draft from being locked: of the protocol, of the readers' accounts, of the cases' files. */
export function draftProblems({ protocol, readerAccounts }: DraftContent, cases: readonly StoredCase[]) {
  const problems = protocolProblems(protocol)
  for (const { readerId } of protocol.readers)
    if (!readerAccounts.some((one) => one.readerId === readerId))
      problems.push(
        problem('readers', 'reader-no-account', `Reader ${readerId} has no account that signs in.`, {
          reader: readerId,
        }),
      )
  const people = readerAccounts.map((one) => one.personId)
  if (new Set(people).size !== people.length)
    problems.push(problem('readers', 'person-twice', 'One person cannot be two readers.'))
  if (protocol.cases.some(({ caseId }) => !cases.some((one) => one.caseId === caseId)))
    problems.push(problem('cases', 'cases-unprepared', 'Some cases have no files yet: prepare the cases again.'))
  return problems
}

/** Counts of an allocation from a seed that is thrown away: the real one exists from the lock on. */
export function previewAllocation(registry: Registry, studyId: string): BalanceReport {
  const { draft } = getStudy(registry.db, studyId)
  if (!draft) throw new AppError('study/not-a-draft', 'The study is locked; its allocation is sealed.')
  return balanceOf(draft.protocol, allocate(draft.protocol, randomBytes(32)))
}

/**
 * Locks a study: allocation from a new seed, every item packed under a name that says nothing, truth and allocation
 * sealed with two people's keys, and a commitment over all of it.
 *
 * @throws AppError `study/not-a-draft`, `study/protocol-incomplete`, `study/passphrase-short`, `study/custodians-same`
 */
export async function lock(
  { access, engine, version }: Pick<Services, 'access' | 'engine' | 'version'>,
  studyId: string,
  custodians: readonly [CustodianKey, CustodianKey],
): Promise<void> {
  const registry = access.registry()
  const { draft } = getStudy(registry.db, studyId)
  if (!draft) throw new AppError('study/not-a-draft', 'This study is locked already.')
  const cases = listCases(registry.db, studyId)
  const [first] = draftProblems(draft, cases)
  if (first) throw new AppError('study/protocol-incomplete', `${first.path}: ${first.message}`)
  const { protocol } = draft
  const pictureProbes = await probeCases(registry, protocol, cases)
  const seed = randomBytes(32)
  const reads = allocate(protocol, seed)
  const names = new RandomStream(randomBytes(32), 'names')
  const packed = packItems(registry, protocol, cases, names)
  const planned = deliveryPlan(reads, (caseId, arm) => packed.nameOf.get(`${caseId}/${arm}`)!, names)
  const truth = cases.map((one) => one.truth)
  const truthById = new Map(truth.map((one) => [one.caseId, one]))
  const plan = planned.map((read, index): StoredRead => {
    const one = truthById.get(reads[index]!.caseId)!
    const feedback = read.training
      ? { disease: one.truth === 1 ? ('yes' as const) : ('no' as const), subtype: one.subtype }
      : null
    return { ...read, feedback }
  })
  const keys = protocol.readers.map(({ readerId }) => ({
    readerId,
    personId: draft.readerAccounts.find((one) => one.readerId === readerId)!.personId,
    ...makeReaderKeys(),
  }))
  const pack = await engine().then(
    ({ identity }) => identity.sha256,
    () => 'no pack',
  )
  const commitment = commit(protocol, {
    casesSha256: packed.sha256,
    allocationSha256: hashOf({ truth, reads, pictureProbes }),
    readersSha256: keysHash(keys),
    appVersion: version,
    packSha256: pack,
    lockedAt: new Date(access.environment.now().utcMs).toISOString(),
  })
  const secrets = JSON.stringify({ truth, reads, pictureProbes, seed: seed.toString('hex') })
  const sealed = sealSecrets(studyId, secrets, envelopes(truth, reads), custodians)
  registry.change(access.actor(), (change) => {
    addProtocolVersion(change, protocol, commitment.sha256)
    addItems(change, studyId, packed.items)
    addPlan(change, studyId, plan)
    addReaders(change, studyId, keys)
    lockStudy(change, studyId, commitment, sealed)
  })
}

/** Every case under every arm that the protocol shows, stored in random order. */
function packItems(registry: Registry, protocol: StudyProtocol, cases: readonly StoredCase[], names: RandomStream) {
  const arms = [...new Set(protocol.stages.flatMap((stage) => stage.arms))]
  const bytes = (blob: string | null): Uint8Array | null =>
    blob === null ? null : Uint8Array.from(registry.blobs.get(blob))
  const nameOf = new Map<string, string>()
  const items: StudyItem[] = []
  for (const one of names.shuffled(cases)) {
    const ecg = new Int16Array(bytes(one.ecgBlob)!.buffer)
    const content = { ecg, real: bytes(one.realBlob), generated: bytes(one.generatedBlob) }
    for (const arm of names.shuffled<Arm>(arms)) {
      const itemId = names.name()
      nameOf.set(`${one.caseId}/${arm}`, itemId)
      items.push({ itemId, blob: registry.blobs.put(itemOf(one.caseId, arm, content)), cycleMs: one.cycleMs })
    }
  }
  return { nameOf, items, sha256: hashOf(items.map(({ itemId, blob }) => [itemId, blob.id]).sort()) }
}

/** By case: what an emergency opening tells, and nothing of any other case. */
function envelopes(
  truth: readonly { caseId: number; truth: number; subtype: string | null }[],
  reads: readonly AllocatedRead[],
): Map<number, string> {
  return new Map(
    truth.map(({ caseId, truth: disease, subtype }) => [
      caseId,
      JSON.stringify({
        caseId,
        truth: disease,
        subtype,
        reads: reads
          .filter((read) => read.caseId === caseId)
          .map(({ readerId, stageId, arm }) => ({ readerId, stageId, arm })),
      }),
    ]),
  )
}
