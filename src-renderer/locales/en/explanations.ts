export default {
  sanityExplain:
    'Controls: the same signals under other leads’ names, and random matrices in place of the last layer. A map that looks like theirs shows the shape of the signal or the picture, not what the network has learned.',
  verdict: {
    same: 'Do not rely on this map: a control looks the same.',
    partly: 'Read this map with care: a control looks partly the same.',
    differs: 'The controls look different. That does not prove the map right.',
  },
  control: {
    'shuffled-leads': 'Leads shuffled',
    'random-layer': 'Random last layer',
  },
  likeness: {
    same: 'the same',
    partly: 'partly the same',
    differs: 'different',
  },
  rank: 'rank correlation {rank}',
  noRank: 'the map has one value throughout',
  similarity: {
    title: 'Where does the cine agree with the ECG?',
    explain:
      'Cosine similarity of the ECG and each place of the cine in the space that both share. The network looks at all frames of a place together, so the map is the same in every frame.',
    informative:
      'On {subjects} held-out subjects such maps pointed at the heart with an area under the curve of {auc} ({low}–{high}); 0.5 is chance.',
    notInformative:
      'This pack’s map is not informative: on {subjects} held-out subjects it pointed at the heart no better than chance, area under the curve {auc} ({low}–{high}); 0.5 is chance.',
    unknownQuality:
      'The model pack does not say whether its maps point at the heart. Take them for nothing more than a picture.',
    show: 'Lay the map over the cine',
    hide: 'Remove the map',
    legend: 'Cosine similarity',
    whole: 'ECG and generated cine as a whole: {cosine}.',
    wholeReal: 'ECG and acquired cine: {cosine}.',
    overReal: 'Over the acquired cine',
    failed: 'The map was not made',
  },
  leads: {
    title: 'What in the ECG counted?',
    explain:
      'Each lead is flattened for 0.6 s at a time, and the network is asked again. Where its answer changes, it used what was there. This is attribution by occlusion; it does not show the network’s attention weights.',
    compute: 'Find out (some seconds)',
    progress: 'Stretch {step} of {of}',
    needsScreening: 'Possible once the recording has been screened.',
    failed: 'The map was not made',
    target: 'Answer',
    raises: 'raises the answer',
    lowers: 'lowers the answer',
    label: 'ECG with the stretches that count for {target}. Strongest: {strongest}.',
    strongest: 'Strongest stretches',
    stretch: '{lead}, {from}–{to} s: {change} {unit}',
    logit: 'on the logit scale',
    limits:
      'Shade is relative to the strongest stretch. One stretch at a time: what two leads say together is not seen, and a change of the answer is no cause of a disease.',
  },
}
