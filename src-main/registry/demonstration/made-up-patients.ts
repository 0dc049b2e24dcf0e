import { philox4x32 } from '../../random/philox.ts'
import type { PatientFields } from '../tables/patients.ts'
import { FAMILY_NAMES_LATIN, FAMILY_NAMES_ZH, GIVEN_CHARACTERS_ZH, GIVEN_NAMES_LATIN } from './names.ts'

/** Every made-up patient says so. */
export const MADE_UP_NOTE = 'DEMO · made up, no real person'
/** The share of Chinese names. */
const CHINESE_OF_TEN = 7
/** Body mass index, kg/m²: from slender to obese, as among grown-ups. */
const LEAST_BODY_MASS = 20
const BODY_MASS_RANGE = 14
const DAY_MS = 86_400_000
const FIRST_BIRTH_MS = Date.UTC(1926, 0, 1)
const BIRTH_DAYS = 82 * 365

/**
 * Patient number `index` (from 0) of the made-up registry `seed`. Each is drawn on its own, so a registry of any size
 * begins with the smaller ones.
 */
export function madeUpPatient(seed: number, index: number): PatientFields {
  const draw = randomWords(seed, index)
  const chinese = draw(10) < CHINESE_OF_TEN
  const female = draw(2) === 0
  const heightCm = (female ? 150 : 160) + draw(25)
  return {
    localId: `DEMO-${String(index + 1).padStart(7, '0')}`,
    name: chinese ? chineseName(draw) : latinName(draw),
    sex: female ? 'female' : 'male',
    birthDate: new Date(FIRST_BIRTH_MS + draw(BIRTH_DAYS) * DAY_MS).toISOString().slice(0, 10),
    heightCm,
    weightKg: Math.round((LEAST_BODY_MASS + draw(BODY_MASS_RANGE)) * (heightCm / 100) ** 2),
    ethnicity: null,
    contact: null,
    notes: MADE_UP_NOTE,
  }
}

/** Whole numbers below a bound, one after the other, from one block of eight words. */
function randomWords(seed: number, index: number): (below: number) => number {
  const words = new Uint32Array(8)
  philox4x32([index, 0, 0, 0], [seed >>> 0, 0x44454d4f], words)
  philox4x32([index, 1, 0, 0], [seed >>> 0, 0x44454d4f], words, 4)
  let next = 0
  return (below) => words[next++ % words.length]! % below
}

function chineseName(draw: (below: number) => number): string {
  const family = FAMILY_NAMES_ZH[draw(FAMILY_NAMES_ZH.length)]!
  const first = GIVEN_CHARACTERS_ZH[draw(GIVEN_CHARACTERS_ZH.length)]!
  const second = draw(4) === 0 ? '' : GIVEN_CHARACTERS_ZH[draw(GIVEN_CHARACTERS_ZH.length)]!
  return family + first + second
}

function latinName(draw: (below: number) => number): string {
  const family = FAMILY_NAMES_LATIN[draw(FAMILY_NAMES_LATIN.length)]!
  return `${GIVEN_NAMES_LATIN[draw(GIVEN_NAMES_LATIN.length)]!} ${family}`
}
