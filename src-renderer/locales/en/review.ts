export default {
  title: 'Physician’s review',
  agreement: 'Agree with the screening?',
  agree: 'Agree',
  disagree: 'Disagree',
  conclusion: 'Own conclusion',
  conclusionHint: 'Your own conclusion, in your own words',
  keep: 'Keep as reviewed',
  sign: 'Sign',
  amend: 'Amend',
  signTitle: 'Sign this review',
  amendTitle: 'Amend a signed review',
  signMeaning:
    '{name}, your signature covers the screening and your conclusion as they stand. It cannot be taken back, only amended.',
  reason: 'Why is it amended?',
  because: 'Because: {reason}',
  onlyReviewer: 'Physicians with the role of reviewer review and sign.',
}
