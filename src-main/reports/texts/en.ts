/** The words of a report in English; every language has the same keys. */
export const en = {
  tag: 'en',
  title: 'Cardiac screening report',
  subject: 'ECG screening with predicted cardiac-MR phenotypes',
  titleTechnical: 'Technical page',
  titlePatient: 'About your heart recording',
  pageOf: (page: number, of: number) => `Page ${page} of ${of}`,
  notDevice: 'Not a medical device. For research and demonstration; not for diagnosis, triage or treatment.',
  statementUnknown:
    'The model pack that made this result is not installed here, so that its own statement is missing. Not for clinical use.',

  patient: 'Patient',
  nameUnknown: 'Name not stated',
  fromFile: 'as the file states, not checked',
  id: 'ID',
  sex: { female: 'female', male: 'male', other: 'other', unknown: 'sex not stated' },
  born: (date: string) => `born ${date}`,
  age: (years: number) => `${years} y`,
  recorded: 'Recorded',
  timeUnknown: 'time not stated',
  device: 'Device',
  file: 'File',
  missingCharacters: (list: string) => `〓 stands for characters that this report’s typeface does not have: ${list}.`,

  states: {
    draft: 'DRAFT: no physician has reviewed this',
    reviewed: 'REVIEWED, NOT SIGNED',
    signed: 'SIGNED',
    amended: 'SIGNED AND AMENDED',
    unattended: 'UNREVIEWED: written without a physician',
  },
  watermark: 'DRAFT',
  agreement: { agree: 'agrees with the screening', disagree: 'disagrees with the screening' },
  reviewedBy: (name: string, at: string) => `Reviewed by ${name}, ${at}`,
  signedBy: (name: string, at: string) => `Signed by ${name}, ${at}`,
  amendedBy: (name: string, at: string) => `Amended by ${name}, ${at}`,
  reason: (text: string) => `Reason: ${text}`,
  conclusion: 'Physician’s conclusion',
  noConclusion: 'None yet. A result without a physician’s conclusion must not be acted upon.',
  signatureLine: 'Name, date, signature',
  signatureHash: 'Signed record',

  ecgScale: (speed: number, gain: number) => `${speed} mm/s   ${gain} mm/mV   as recorded, no filter`,
  ecgStretch: (from: string, to: string, of: string) => `${from}–${to} s of ${of} s`,
  ecgWindow: 'the ten seconds that were screened',
  ecgDescription: (bpm: string) =>
    `Twelve-lead ECG, three rows of four leads and lead II below, 25 mm per second and 10 mm per millivolt. Heart rate ${bpm}.`,
  noLeads: 'The file holds no standard lead that could be drawn.',
  leadAbsent: (lead: string) => `${lead} is not in the file`,
  derived: '* computed from other leads',
  rateUnknown: 'not measurable',
  measures: {
    heartRateBpm: 'HR',
    prMs: 'PR',
    qrsMs: 'QRS',
    qtMs: 'QT',
    qtcFridericiaMs: 'QTcF',
    qrsAxisDegrees: 'Axis',
  },
  measureUnits: {
    heartRateBpm: '/min',
    prMs: 'ms',
    qrsMs: 'ms',
    qtMs: 'ms',
    qtcFridericiaMs: 'ms',
    qrsAxisDegrees: '°',
  },
  quality: { pass: 'Signal good', limited: 'Signal limited', fail: 'Signal not usable' },
  leadReasons: {
    flat: 'no signal',
    clipped: 'cut off',
    noise: 'noise',
    baseline: 'unsteady baseline',
    missing: 'interrupted',
    pacing: 'pacemaker spikes',
  },
  leadGood: 'good',

  screening: 'Screening',
  bands: {
    low: 'below threshold',
    'just-below': 'just below threshold',
    'just-above': 'just above threshold',
    high: 'above threshold',
  },
  operatingPoints: {
    screen: 'threshold that finds 90 % of the ill',
    balanced: 'balanced threshold',
    'rule-in': 'threshold that keeps false alarms few',
  },
  threshold: (value: string) => `threshold ${value}`,
  prevalence: {
    site: (percent: string) => `at this site’s prevalence of ${percent} %`,
    pack: (percent: string) => `at the pack’s prevalence of ${percent} %`,
  },
  intervalNote: 'In brackets the 95 % interval.',
  subtypes: 'If it is cardiomyopathy',
  subtypesLimit: 'Does not cover amyloid, Fabry or storage disease.',
  notDiagnosis: 'A probability is not a diagnosis.',
  phenotypes: 'Predicted cardiac-MR values',
  phenotypesNote:
    'Predicted from the ECG, not measured on an image. Grey: R² below 0.25, mostly everybody’s average. ↓ ↑: outside the reference range, which is given only where its source was verified; not for diagnosis.',
  columns: { interval: '90 % interval', reference: 'reference', r2: 'R²' },
  cine: 'Generated cine',
  generated: 'AI-generated from ECG – not an acquired image',
  cineFacts: (seed: number, sampler: string) =>
    `Seed ${seed}, ${sampler}. One of many hearts that fit this ECG; no measurement may be taken from it.`,
  cineNone: 'No cine was generated for this report.',
  cineDescription: 'Still pictures of a heart that was generated from the ECG. Not an acquired image.',
  phases: { 'end-diastole': 'End diastole', 'end-systole': 'End systole' },
  frame: (number: number) => `Frame ${number}`,

  limits: 'Limits of this result',
  limitsGrave: 'Do not rely on this result',
  contradiction: (list: string) => `Predicted values contradict each other: ${list}.`,
  noLimits: 'No limits were found besides those of the pack.',
  refusedTitle: 'Not screened',
  refusedNote: 'No probabilities, values or pictures are given for this recording.',
  notScreenedTitle: 'Not screened yet',
  notScreenedNote: 'This recording has not been screened. The page shows the ECG alone.',

  pack: 'Model pack',
  packHash: 'pack SHA-256',
  recordingHash: 'recording SHA-256',
  inputHash: 'network input SHA-256',
  allPhenotypes: 'All predicted values',
  recordingFacts: 'Recording',
  rate: (hertz: number, source: string) => `${hertz} Hz (${source})`,
  labelled: (label: string, value: string) => `${label}: ${value}`,
  facts: {
    format: 'Format',
    rate: 'Sampling rate',
    duration: 'Length',
    units: 'Millivolts',
    leads: 'Leads',
    derivedLeads: 'Computed leads',
    window: 'Screened stretch',
    provider: 'Computed on',
    screenedAt: 'Screened',
    familiarity: 'Likeness to the training data',
    trainingData: 'Trained on',
    intendedUse: 'Intended use',
    beats: 'Beats measured',
  },
  familiarity: { similar: 'similar', unusual: 'unusual', unlike: 'unlike' },
  leadQuality: 'Signal of each lead',
  reviews: 'Reviews',
  noReviews: 'Nobody has reviewed this result.',

  handOut: {
    intro:
      'This page explains a computer’s look at your ECG: the recording of your heart’s electrical activity. It helps you and your doctor decide what to check next. It is not a diagnosis.',
    draft: 'Draft, not for handing out: a doctor has not yet signed this result.',
    found: 'What the computer found',
    above: 'Above the level at which a check-up is advised',
    below: 'Below the level at which a check-up is advised',
    ofHundred: (count: number) => `Of 100 people with a result like this, about ${count} have this condition.`,
    fewerThanOne: 'Of 100 people with a result like this, fewer than 1 has this condition.',
    explain: {
      cad: 'Narrowed vessels of the heart.',
      hf: 'A heart that pumps more weakly, or fills with more effort, than it should.',
      cm: 'A disease of the heart muscle itself.',
      ph: 'Raised pressure in the vessels of the lung.',
    },
    notReliable:
      'What the computer makes of this recording is not reliable, so it is not shown here. That does not mean that something is wrong with your heart, nor that nothing is. Ask your doctor what to check next.',
    means: 'What this means',
    meansAbove:
      'A result above the level does not mean that you are ill. It means that a further check, such as blood tests or an ultrasound of the heart, is worth while.',
    meansBelow: 'A result below the level makes these conditions less likely. It does not rule them out.',
    doctor: 'What your doctor says',
    doctorNone: 'Your doctor has not written a conclusion yet. Please ask.',
    next: 'What to do now',
    nextSteps: [
      'Talk about this page with your doctor or nurse before you change anything.',
      'Go on with your medicines as they were prescribed.',
      'Call the emergency number at once if you have chest pain, faint, or suddenly cannot breathe well. Do not wait for a result.',
    ],
    pictures: 'About the pictures of a heart',
    picturesText:
      'If your doctor showed you a moving heart: a computer drew it from the ECG. It is not a photograph of your heart, and no disease can be seen or ruled out on it.',
    refused:
      'Your recording could not be judged: the signal was not good enough or something in it was missing. This says nothing about your heart. Please have the recording made again.',
    notScreened: 'Your recording has been stored but not judged yet.',
    limits: 'Please note',
    limitsText: 'The computer program is not a medical device and can be wrong in both directions.',
  },
} as const

type Widened<T> = T extends (...args: infer A) => string
  ? (...args: A) => string
  : T extends string
    ? string
    : T extends readonly string[]
      ? readonly string[]
      : { readonly [K in keyof T]: Widened<T[K]> }
export type ReportTexts = Widened<typeof en>
