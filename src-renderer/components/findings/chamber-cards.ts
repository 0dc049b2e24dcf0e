import { splitByVessel, type Phenotype } from './phenotype-groups.ts'

type Language = 'en' | 'zh'
type Sizes = { most: Phenotype; least: Phenotype; power: 2 | 3; label: string }

export interface Card {
  id: string
  /** Named by what its members share, or by a message of ours. */
  title: string | null
  titleKey:
    'findings.groupLv' | 'findings.groupRv' | 'findings.groupLa' | 'findings.groupRa' | 'findings.groupOther' | null
  members: Phenotype[]
  sizes: Sizes | null
}

const CHAMBERS = [
  { id: 'lv', titleKey: 'findings.groupLv', most: 'LVEDV', least: 'LVESV' },
  { id: 'rv', titleKey: 'findings.groupRv', most: 'RVEDV', least: 'RVESV' },
  { id: 'la', titleKey: 'findings.groupLa', most: 'LAV_max', least: 'LAV_min' },
  { id: 'ra', titleKey: 'findings.groupRa', most: 'RAV_max', least: 'RAV_min' },
] as const
const KNOWN_GROUPS = new Set(['lv', 'rv', 'la', 'ra', 'aorta', 'wall-thickness', 'ecc', 'err', 'ell'])

/** The four chambers, the parts of the aorta, and whatever the pack puts nowhere; empty ones are left out. */
export function chamberCards(
  phenotypes: readonly Phenotype[],
  language: Language,
  sizesLabel: (most: Phenotype, least: Phenotype) => string,
): Card[] {
  const sizes = (members: readonly Phenotype[], most: string, least: string, power: 2 | 3): Sizes | null => {
    const [largest, smallest] = [most, least].map((id) => members.find((one) => one.id === id))
    return largest && smallest ? { most: largest, least: smallest, power, label: sizesLabel(largest, smallest) } : null
  }
  const chambers: Card[] = CHAMBERS.map(({ id, titleKey, most, least }) => {
    const members = phenotypes.filter(({ group }) => group === id)
    return { id, title: null, titleKey, members, sizes: sizes(members, most, least, 3) }
  })
  const vessels: Card[] = splitByVessel(phenotypes.filter(({ group }) => group === 'aorta')).map(
    ({ id, title, members }) => ({
      id,
      title: title[language],
      titleKey: null,
      members,
      sizes: sizes(members, `${id}_max_area`, `${id}_min_area`, 2),
    }),
  )
  const others = phenotypes.filter(({ group }) => !KNOWN_GROUPS.has(group))
  const rest: Card = { id: 'other', title: null, titleKey: 'findings.groupOther', members: others, sizes: null }
  return [...chambers, ...vessels, rest].filter(({ members }) => members.length > 0)
}
