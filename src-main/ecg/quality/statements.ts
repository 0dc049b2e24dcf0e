/** A pacemaker that is no device: a focus that wanders or lies low in the atria. */
const NATURAL = /(?:wandering|ectopic|low|subsidiary)[\w\s]{0,24}pacemaker/gi
const DENIED = /\b(?:no|not|without)\b[^.;,]{0,24}\bpac(?:ed|ing|emaker)\b/gi
const PACED = /\bpac(?:ed|ing|emaker)\b|schrittmacher/i

/** Whether a device's statements say that a pacemaker drives the heart: "Ventricular-paced rhythm", "Electronic atrial pacemaker". */
export const saysPaced = (statements: readonly string[]): boolean =>
  statements.some((statement) => PACED.test(statement.replace(NATURAL, '').replace(DENIED, '')))
