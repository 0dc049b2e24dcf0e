import {
  LEAD_NAMES,
  NO_LEAD,
  type Delimiter,
  type FileExamination,
  type ReadingAnswer,
  type VoltageUnit,
} from '../../contract.ts'

/** What the user has entered so far. */
export interface AnswerForm {
  unit: VoltageUnit | ''
  /** Stored steps for one unit. */
  gain: number | null
  rateHz: number | null
  /** For each column or channel; `-` leaves it out. */
  leads: string[]
  /** Where the table begins, once the user has said so. */
  table: { delimiter: Delimiter; firstLine: number } | null
  remember: boolean
}

export const blankForm = (): AnswerForm => ({
  unit: '',
  gain: 1,
  rateHz: null,
  leads: [],
  table: null,
  remember: true,
})

/** The form as it is first shown: what the file says, or what was said about files with its header. Nothing is guessed. */
export function formFor({ leads, rateHz, remembered }: FileExamination): AnswerForm {
  const fits = remembered?.leads?.length === leads.length
  return {
    unit: remembered?.unit ?? '',
    gain: remembered?.gain ?? 1,
    rateHz: remembered?.rateHz ?? rateHz,
    leads: fits ? [...remembered.leads!] : [...leads],
    table: remembered?.table ?? null,
    remember: true,
  }
}

/** What the form says beyond the file itself. */
export function answerIn(form: AnswerForm, { leads, rateHz, refusal }: FileExamination): ReadingAnswer {
  const named = form.leads.some((lead) => lead !== NO_LEAD)
  const otherLeads =
    form.table !== null ||
    form.leads.some((lead, index) => lead !== leads[index]) ||
    refusal?.code === 'format/columns-unnamed'
  return {
    ...(form.unit !== '' && { unit: form.unit }),
    ...(form.unit !== '' && form.gain !== null && form.gain !== 1 && { gain: form.gain }),
    ...(form.rateHz !== null && form.rateHz !== rateHz && { rateHz: form.rateHz }),
    ...(named && otherLeads && { leads: [...form.leads] }),
    ...(form.table && { table: { ...form.table } }),
  }
}

/** Orders that carts write, for as many columns. */
export const LEAD_ORDERS: readonly { key: 'standard' | 'eight'; leads: readonly string[] }[] = [
  { key: 'standard', leads: LEAD_NAMES },
  { key: 'eight', leads: ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'] },
]

/** Other names that a column may be given. */
export const LEAD_CHOICES: readonly string[] = [NO_LEAD, ...LEAD_NAMES, 'V3R', 'V4R', 'V7', 'V8', 'V9', 'X', 'Y', 'Z']
