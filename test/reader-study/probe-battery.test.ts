import { beforeAll, describe, expect, it } from 'vitest'
import { PROBES } from '../../src-preload/contract/picture-probes.ts'
import { givenAway, probeBattery } from '../../src-main/reader-study/cases/probe-battery.ts'
import { probeCine } from '../../src-main/reader-study/cases/probe-cine.ts'
import { attack } from './attacker/attack.ts'
import { exampleProtocol } from './example.ts'
import { LONG } from './long.ts'
import { LEAKS, preparedHeart } from './pictures.ts'

const EACH = LONG ? 1000 : 20
/** Of each kind, for the search of planted leaks. */
const FEW = 20
const whole = exampleProtocol()
/** A study that does not itself ask whether a cine is real. */
const diagnostic = { ...whole, stages: whole.stages.filter((stage) => stage.kind === 'diagnostic') }
const columnOf = (probe: string): number => PROBES.findIndex((one) => one.probe === probe)

describe(`the battery of picture probes over ${EACH} real and ${EACH} generated cines`, () => {
  let real: number[][]
  let generated: number[][]
  let hearts: Uint8Array[]
  beforeAll(() => {
    hearts = Array.from({ length: FEW }, (_, seed) => preparedHeart('generated', seed))
    const all = (kind: 'real' | 'generated') =>
      Array.from({ length: EACH }, (_, seed) => probeCine(preparedHeart(kind, seed)))
    real = all('real')
    generated = all('generated')
  }, 3_600_000)

  it('is at chance in banner, border and grey levels after the one preparation, whatever unit and depth a cine came in', () => {
    const probes = probeBattery(diagnostic, real, generated)
    expect(probes.map((one) => one.probe)).toEqual(PROBES.map((one) => one.probe))
    expect(givenAway(probes)).toEqual([])
    expect(probes.filter((one) => one.mustBeAtChance).map((one) => one.group)).not.toContain('spectrum')
    expect(probes.find((one) => one.probe === 'banner')).toMatchObject({ auc: 0.5, interval: [0.5, 0.5] })
  })

  it('leaves attackers with all numbers at once a coin', () => {
    const truth = [...real.map(() => 0), ...generated.map(() => 1)]
    for (const { name, interval } of attack([...real, ...generated], truth)) expect(interval[0], name).toBeLessThan(0.5)
  })

  it.each(Object.keys(LEAKS))('finds a planted leak: %s', (probe) => {
    const leaking = hearts.map((heart) => {
      const cine = heart.slice()
      LEAKS[probe]!(cine)
      return probeCine(cine)
    })
    const found = probeBattery(diagnostic, real.slice(0, FEW), leaking)[columnOf(probe)]!
    expect(found.atChance).toBe(false)
    expect(Math.abs(found.auc - 0.5)).toBeGreaterThan(0.25)
    expect(givenAway([found])).toHaveLength(['banner', 'border', 'histogram'].includes(found.group) ? 1 : 0)
  })

  it('only informs where the study itself asks for real or generated', () => {
    const broken = generated.map((row) => row.with(columnOf('border-mean'), 0))
    expect(givenAway(probeBattery(diagnostic, real, broken))).toHaveLength(1)
    expect(givenAway(probeBattery(whole, real, broken))).toEqual([])
  })

  it('says nothing of a study with one kind of cine', () => {
    expect(probeBattery(diagnostic, [], generated)).toEqual([])
  })
})
