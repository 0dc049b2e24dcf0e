import { AppError } from '../../../../src-preload/contract/errors.ts'

/**
 * Restores the limb leads that are stored as residuals: each is the difference between Einthoven's or Goldberger's law,
 * in whole counts (halves rounded down), and the lead itself.
 *
 * @param stored  one array per label; leads other than III, aVR, aVL and aVF are returned as they are
 * @throws AppError `format/unsupported` where such a lead is there without I and II
 */
export function restoreResiduals(labels: readonly string[], stored: readonly Int16Array[]): Int16Array[] {
  const restored = new Map(labels.map((label, lead) => [label.toUpperCase(), stored[lead]!]))
  const [I, II] = [restored.get('I'), restored.get('II')]
  const laws = LAWS.filter(({ lead }) => restored.has(lead))
  if (laws.length === 0) return [...stored]
  if (!I || !II) {
    throw new AppError(
      'format/unsupported',
      'The Philips file stores limb leads without I and II, from which they are restored. Export it with all leads.',
    )
  }
  for (const { lead, law } of laws) {
    const residual = restored.get(lead)!
    const III = restored.get('III')
    if (residual.length !== I.length || II.length !== I.length) {
      throw new AppError(
        'format/malformed',
        'The limb leads differ in length. The file may be damaged; export it again.',
      )
    }
    restored.set(
      lead,
      residual.map((left, t) => law(I[t]!, II[t]!, III?.[t] ?? II[t]! - I[t]!) - left),
    )
  }
  return labels.map((label) => restored.get(label.toUpperCase())!)
}

const half = (value: number): number => Math.floor(value / 2)

/** In the order of restoring: aVL and aVF are derived from III as it is restored. */
const LAWS: readonly { lead: string; law: (I: number, II: number, III: number) => number }[] = [
  { lead: 'III', law: (I, II) => II - I },
  { lead: 'AVR', law: (I, II) => -half(I + II) },
  { lead: 'AVL', law: (I, _, III) => half(I - III) },
  { lead: 'AVF', law: (_, II, III) => half(II + III) },
]
