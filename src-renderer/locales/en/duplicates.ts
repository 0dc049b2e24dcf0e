export default {
  text: 'These patients may be one person. Nothing is merged by itself, and every merge can be undone.',
  noneTitle: 'No likely duplicates',
  noneText:
    'Patients whose names are the same or sound alike, or whose IDs differ only in zeros or case, are proposed here where their dates of birth do not differ.',
  reason: {
    'same-name': 'same name',
    'similar-name': 'similar name',
    'same-birth-date': 'same date of birth',
    'similar-id': 'similar ID',
  },
  isKept: 'is kept',
  reasonHint: 'Why are they one person?',
  merge: 'Merge',
  keepApart: 'Two people',
  merged: 'Merged',
  mergedLine: '{merged} was merged into {kept}',
  undo: 'Undo',
}
