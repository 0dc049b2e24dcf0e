import type { Arm } from '../../contract.ts'

/** The message that names an arm. */
export const ARM_WORDS: Readonly<Record<Arm, string>> = {
  ecg: 'study.armEcg',
  'ecg-real': 'study.armReal',
  'ecg-generated': 'study.armGenerated',
  'ecg-both': 'study.armBoth',
  generated: 'study.armGeneratedOnly',
}
