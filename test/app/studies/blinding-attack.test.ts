import { statSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { MAX_IDLE_MINUTES } from '../../../src-preload/contract/constants.ts'
import { encodeValue } from '../../../src-preload/wire.ts'
import { openSecrets } from '../../../src-main/reader-study/allocation/seal.ts'
import {
  CINE_FRAMES,
  CINE_IMAGE_ROWS,
  CINE_WIDTH,
  neutralCine,
} from '../../../src-main/reader-study/cases/prepare-item.ts'
import { studyBanner } from '../../../src-main/app/studies/banner.ts'
import { getItem, listPlan } from '../../../src-main/registry/studies/study-plan.ts'
import { getStudy } from '../../../src-main/registry/studies/studies.ts'
import { Philox } from '../../../src-main/statistics/random.ts'
import { attack, kolmogorovSmirnov } from '../../reader-study/attacker/attack.ts'
import { LONG } from '../../reader-study/long.ts'
import { CUSTODIANS, lockedStudy, studiedWorkspace } from './studied-workspace.ts'

/** Each is an item under either arm, which every reader reads once; between two readers the order is balanced. */
const CASES = LONG ? 1000 : 40
const READERS = LONG ? 1 : 2
const READS = 2 * CASES * READERS
const DAY = 86_400_000
const IMAGE = CINE_WIDTH * CINE_IMAGE_ROWS

/**
 * A picture of its own for every case, from two sources as unlike as they come: other units, other range, other
 * distribution. What the pictures show is not meant here.
 */
function picture(kind: 'real' | 'generated', caseId: number): Uint8Array<ArrayBuffer> {
  const random = new Philox(caseId, kind === 'real' ? 11 : 12)
  const frame = Float32Array.from({ length: IMAGE }, () =>
    kind === 'real' ? 1800 * random.uniform() ** 3 : random.uniform(),
  )
  const cine = new Float32Array(CINE_FRAMES * IMAGE)
  for (let index = 0; index < CINE_FRAMES; index++) cine.set(frame, index * IMAGE)
  return Uint8Array.from(neutralCine(cine, studyBanner()))
}

interface Served {
  arm: 'real' | 'generated'
  /** Of the file in the store, whichever read it is served to. */
  stored: number[]
  /** Everything that comes with a picture but the picture: as a row of numbers. */
  row: number[]
  ms: number
}

/** Every case is read under both arms through the application; everything around the pictures is written down. */
async function serveAll(): Promise<Served[]> {
  const workspace = await studiedWorkspace(READERS)
  // All pictures are made at one stroke: a slow computer takes longer for them than a window may stand idle.
  await workspace.administrate()
  await workspace.call('settings:change', { idleLockMinutes: MAX_IDLE_MINUTES })
  await workspace.signIn('coordinator')
  const { studyId } = await lockedStudy(workspace, CASES, {
    cineOf: picture,
    edit: (protocol) => ({
      ...protocol,
      sitting: { ...protocol.sitting, maximumReads: 500 },
      stages: protocol.stages.filter((stage) => stage.id === 'stage-2'),
      primary: { ...protocol.primary, arms: ['ecg-generated', 'ecg-real'] },
    }),
  })
  const registry = () => workspace.access().registry()
  const passphrases: [string, string] = [CUSTODIANS[0].passphrase, CUSTODIANS[1].passphrase]
  const sealed = getStudy(registry().db, studyId).sealed!
  const secrets = JSON.parse(openSecrets(sealed, passphrases, { dataLocked: true })) as {
    reads: { readId: string; arm: string }[]
  }
  const armOf = new Map(secrets.reads.map(({ readId, arm }) => [readId, arm]))
  const plan = new Map(listPlan(registry().db, studyId).map((read) => [read.readId, read]))
  const served: Served[] = []
  while (served.length < READS) {
    if (served.length % (2 * CASES) === 0) await workspace.signIn(`reader${1 + served.length / (2 * CASES)}`)
    const started = performance.now()
    const reply = await workspace.dispatcher().call('study:next-step', { studyId })
    const ms = performance.now() - started
    if (!reply.ok) throw new Error(JSON.stringify(reply))
    const step = reply.value as { kind: string; readId: string; cines: Uint8Array[]; ecg: Int16Array }
    if (step.kind !== 'read') {
      workspace.pass(step.kind === 'pause' ? 5 * 60_000 : DAY)
      continue
    }
    const { itemId } = plan.get(step.readId)!
    const { blobId } = getItem(registry().db, studyId, itemId)
    const file = statSync(registry().blobs.pathOf(blobId))
    const around = encodeValue({ ...step, cines: [], ecg: null, readId: '' })
    const strip = step.cines[0]!.subarray(IMAGE, CINE_WIDTH * 108)
    served.push({
      arm: armOf.get(step.readId) === 'ecg-real' ? 'real' : 'generated',
      stored: [...nibbles(itemId), ...nibbles(blobId).slice(0, 32), file.size, file.mtimeMs],
      ms,
      row: [
        encodeValue(reply).length,
        around.length,
        around.reduce((sum, byte) => sum + byte, 0),
        gzipSync(around).length,
        step.cines.length,
        step.cines[0]!.byteLength,
        step.cines[0]!.byteOffset,
        step.ecg.byteLength,
        strip.reduce((sum, byte) => sum + byte, 0),
        gzipSync(strip).length,
        ...nibbles(step.readId),
        ms,
      ],
    })
    const answers = { confidence: 50, call: 'no', seen: 'no' }
    workspace.pass(1000)
    await workspace.call('study:submit', {
      studyId: studyId as never,
      readId: step.readId,
      answers,
      activeMs: 900,
      awayMs: 0,
      tools: {},
    })
  }
  return served
}

const nibbles = (name: string): number[] => Array.from(name, (digit) => parseInt(digit, 16))

describe(`an attacker with everything but the pictures of ${CASES} real and ${CASES} generated items`, () => {
  let served: Served[]
  let truth: number[]
  const kindOf = ({ arm }: Served): number => (arm === 'generated' ? 1 : 0)
  /** Every file once, though two readers were served it. */
  const once = (): Served[] => [...new Map(served.map((one) => [one.stored.join(), one])).values()]
  beforeAll(async () => {
    served = await serveAll()
    truth = served.map(kindOf)
  }, 3_600_000)

  it('has as many of the one as of the other, and files of one length', () => {
    expect(truth.reduce((sum, one) => sum + one, 0)).toBe(READS / 2)
    expect(once()).toHaveLength(2 * CASES)
    // Columns 0 to 3 hold the place within the sitting, which is written with one to three bytes in both arms.
    for (const column of [4, 5, 7, 8, 9])
      expect(new Set(served.map(({ row }) => row[column])).size, `column ${column}`).toBe(1)
  })

  // Each run deals anew: the level leaves a sound study one false alarm in some thousand runs of the short form.
  it.each([
    ['what is served', () => served.map(({ row }) => row), () => truth],
    ['the files in the store', () => once().map(({ stored }) => stored), () => once().map(kindOf)],
  ])('guesses like a coin from %s', (_, rows, kinds) => {
    // Only the lower end: who does worse than a coin on rows it was not trained with has learned their noise.
    for (const { name, interval } of attack(rows(), kinds())) expect(interval[0], name).toBeLessThan(0.5)
  })

  it('waits equally long for both', () => {
    const of = (arm: string): number[] => served.flatMap((one) => (one.arm === arm ? [one.ms] : []))
    expect(kolmogorovSmirnov(of('real'), of('generated')).p).toBeGreaterThan(0.001)
  })

  it('finds one byte that were too many', () => {
    const rows = served.map(({ row, arm }) => row.with(5, row[5]! + (arm === 'generated' ? 1 : 0)))
    for (const { name, auc } of attack(rows, truth)) expect(auc, name).toBeGreaterThan(0.95)
  })

  it('finds a digit of a name that lies in the middle for one of them, which a line cannot tell', () => {
    const middle = (digit: number): number => 4 + (digit % 8)
    const ends = (digit: number): number => (digit % 8 < 4 ? digit % 4 : 12 + (digit % 4))
    const rows = served.map(({ row }, i) => row.with(10, (truth[i] === 1 ? middle : ends)(row[10]!)))
    const [regression, trees] = attack(rows, truth)
    expect(trees!.auc).toBeGreaterThan(0.95)
    expect(regression!.auc).toBeLessThan(0.75)
  })

  it('finds a delay of a tenth', () => {
    const of = (arm: string, factor: number): number[] =>
      served.flatMap((one) => (one.arm === arm ? [factor * one.ms] : []))
    const slower = kolmogorovSmirnov(of('real', 1), of('generated', LONG ? 1.1 : 1.5))
    expect(slower.p).toBeLessThan(0.05)
  })
})
