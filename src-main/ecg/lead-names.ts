import { LEAD_NAMES } from '../../src-preload/contract/constants.ts'
import type { LeadName } from '../../src-preload/contract/ecg.ts'

export interface StandardLead {
  lead: LeadName
  /** True for a lead that is stored upside down, such as −aVR of the Cabrera sequence. */
  inverted: boolean
}

/**
 * The standard lead that a file's channel name means, or undefined where it is none of the twelve.
 *
 * Accepts any case, the prefixes `Lead`, `ECG`, `EKG` and `MDC_ECG_LEAD_`, the names of Einthoven, Goldberger and
 * Wilson behind it, `DI DII DIII`, and a leading minus. `ECG 1`, `MLII`, `V3R` and `V7` are other channels.
 */
export function standardLead(name: string): StandardLead | undefined {
  if (name.length > 64) return undefined
  let rest = name
    .trim()
    .replace(/\s*\((?:einthoven|goldberger|wilson|standard)\)$/i, '')
    .replace(/^mdc[_ ]ecg[_ ]lead[_ ]/i, '')
  // "ECG -aVR" is an inverted lead, "ECG-aVR" is not: a separator is blanks or one attached hyphen.
  for (let prefix = 0; prefix < 2; prefix++) rest = rest.replace(/^(?:ecg|ekg|lead)(?:[\s_.:]+|-)?/i, '')
  const inverted = /^[-\u2212\u2013]\s*|^(?:inverted|neg)\s+/i.exec(rest)
  if (inverted) rest = rest.slice(inverted[0].length)
  const lead = spellings.get(rest.toLowerCase())
  return lead && { lead, inverted: inverted !== null }
}

const spellings = new Map<string, LeadName>([
  ...LEAD_NAMES.map((lead) => [lead.toLowerCase(), lead] as const),
  ['di', 'I'],
  ['dii', 'II'],
  ['diii', 'III'],
])

/**
 * The standard lead of an SCP-ECG lead number (EN 1064 table 5; ISO/IEEE 11073-10102 and DICOM CID 3001 use the same
 * numbers), e.g. 1 → I, 61 → III, 8 → V6.
 */
export function standardLeadOfScpNumber(number: number): LeadName | undefined {
  return scpNumbers.get(number)
}

const scpNumbers = new Map<number, LeadName>([
  [1, 'I'], [2, 'II'], [61, 'III'], [62, 'aVR'], [63, 'aVL'], [64, 'aVF'],
  [3, 'V1'], [4, 'V2'], [5, 'V3'], [6, 'V4'], [7, 'V5'], [8, 'V6'],
]) // prettier-ignore
