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
  alteredTitle: 'What was said of this screening is not shown: it was altered',
  alteredText:
    '{n} entry no longer matches what was entered or signed, or the screening itself was changed. Do not rely on it. Have an administrator verify the audit trail and restore a good backup, or screen the recording again. | {n} entries no longer match what was entered or signed, or the screening itself was changed. Do not rely on them. Have an administrator verify the audit trail and restore a good backup, or screen the recording again.',
  verified: 'signature verified',
  unknownKey: 'signed in another registry, whose key was never compared here',
  onlyReviewer: 'Physicians with the role of reviewer review and sign.',
}
