/**
 * Whole years between two ISO dates, of which the part up to the day counts.
 *
 * @returns undefined where one of them is missing or no date
 */
export function ageInYears(birthDate: string | undefined | null, at: string | undefined | null): number | undefined {
  const birth = dateParts(birthDate)
  const recorded = dateParts(at)
  if (!birth || !recorded) return undefined
  const [years, months, days] = recorded.map((part, index) => part - birth[index]!) as [number, number, number]
  const hadBirthday = months > 0 || (months === 0 && days >= 0)
  return hadBirthday ? years : years - 1
}

function dateParts(text: string | undefined | null): number[] | undefined {
  const match = text?.match(/^(\d{4})-(\d{2})-(\d{2})/)
  return match?.slice(1).map(Number)
}
