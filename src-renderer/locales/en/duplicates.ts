export default {
  text: 'These patients may be one person. Nothing is merged by itself, and every merge can be undone.',
  noneTitle: 'No likely duplicates',
  noneText: 'Patients with the same name and no differing date of birth are proposed here.',
  reason: {
    'same-name': 'same name',
    'similar-name': 'similar name',
    'same-birth-date': 'same date of birth',
    'same-recording': 'same recording',
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
