/** Where reference ranges were read; every figure stands in the passage that is named. */
export const REFERENCE_SOURCES = {
  petersen2017: {
    citation: 'Petersen SE et al., J Cardiovasc Magn Reson 2017;19:18',
    passage: 'abstract',
    people: 'healthy',
    count: 804,
    fromYears: 45,
    toYears: 74,
  },
  hudsmith2005: {
    citation: 'Hudsmith LE et al., J Cardiovasc Magn Reson 2005;7:775–782',
    passage: 'abstract',
    people: 'healthy',
    count: 108,
    fromYears: 21,
    toYears: 68,
  },
  kawel2012: {
    citation: 'Kawel N et al., Circ Cardiovasc Imaging 2012;5:500–508',
    passage: 'abstract',
    people: 'healthy',
    count: 300,
    fromYears: 45,
    toYears: 84,
  },
  qazi2023: {
    citation: 'Qazi S et al., Am Heart J Plus 2023;26:100247 (Framingham)',
    passage: 'table 3',
    people: 'unselected',
    count: 3026,
    fromYears: null,
    toYears: null,
  },
  ukBiobank: {
    citation: 'UK Biobank, cardiac MR with automated analysis',
    passage: 'summary statistics',
    people: 'unselected',
    count: 38_319,
    fromYears: null,
    toYears: null,
  },
} as const

export type ReferenceSourceId = keyof typeof REFERENCE_SOURCES
