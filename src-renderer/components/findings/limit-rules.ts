import type { AppDescription } from '../../contract.ts'

type Pack = NonNullable<AppDescription['pack']>

/** The rule by which a result is marked or withheld, as a message with its numbers. */
export interface LimitRule {
  key:
    | 'findings.rulePack'
    | 'findings.ruleQuality'
    | 'findings.ruleAge'
    | 'findings.rulePacedMark'
    | 'findings.rulePacedWithhold'
    | 'findings.ruleFamiliarity'
    | 'findings.ruleOperatingPoint'
  numbers: Record<string, number>
}

/** @returns undefined for what is no limit of use, such as a computer's failure */
export function ruleOf({ code }: { code: string }, pack: Pick<Pack, 'rules'> | null): LimitRule | undefined {
  const [feature] = code.split('/')
  const none = {}
  switch (feature) {
    case 'pack':
      return { key: 'findings.rulePack', numbers: none }
    case 'quality':
      return { key: 'findings.ruleQuality', numbers: none }
    case 'operating-point':
      return { key: 'findings.ruleOperatingPoint', numbers: none }
  }
  if (!pack) return undefined
  const { minimumAgeYears, familiarity } = pack.rules
  if (code.startsWith('intended-use/age')) return { key: 'findings.ruleAge', numbers: { years: minimumAgeYears } }
  if (code === 'intended-use/paced') return { key: 'findings.rulePacedMark', numbers: none }
  if (code === 'intended-use/paced-refused') return { key: 'findings.rulePacedWithhold', numbers: none }
  if (feature === 'familiarity') return { key: 'findings.ruleFamiliarity', numbers: { ...familiarity } }
  return undefined
}
