export default {
  useTitle: 'Intended use',
  use1: 'For physicians and trained staff: to look at a resting 12-lead ECG together with what a model says about it, for research, teaching and the evaluation of such models.',
  use2: 'Not a medical device. Not for diagnosis, triage, treatment or monitoring, and not for children, paced rhythms or ECGs of fewer than twelve leads.',
  use3: 'A physician looks at the ECG itself before any number, and signs in their own words. A number never decides alone.',
  use4: 'What the loaded model pack says of itself: {text}',
  use5: 'There is no loaded model pack at the moment, so nothing is screened.',
  deskTitle: 'Patients, review and signature',
  desk1:
    'N registers a patient; a search finds names by any part, by pinyin and by initials, ids, birth dates and dates of visits.',
  desk2:
    'If a file names another person than the chosen patient, the two are shown side by side and you decide. Nothing is matched silently.',
  desk3:
    'A physician writes agreement and conclusion, then signs with the password. What is signed is never changed: a correction is an amendment with a reason.',
  desk4:
    'L locks the window at once. What was half typed is there again after unlocking; what runs goes on behind the lock.',
  desk5: 'A batch takes a folder, a table or a watched folder; it may be paused, and goes on after a restart.',
  adminTitle: 'For administrators',
  admin1:
    'Give each person a sign-in of their own and only the roles they need. Take access away with a reason; the past stays.',
  admin2:
    'Choose a backup folder on another disk, and read a backup back now and then. Keep the recovery code on paper, locked away: without it and without a password nothing opens the registry.',
  admin3: 'Verify the audit trail before an inspection, and keep its signed head outside this computer.',
  admin4:
    'Enter the prevalence of your site with its source. Until then probabilities hold for the pack’s calibration sample.',
  admin5: 'Trust a partner’s key only after comparing its fingerprint on another way than the file came.',
  troubleTitle: 'When something does not work',
  trouble1: 'A refusal says what was found and what to do; the small code beside it is for whoever helps you.',
  trouble2:
    'Password lost: an administrator sets a new one. All lost: “Password lost?” at the door takes the recovery code.',
  trouble3:
    'Disk full or write-protected: what was acknowledged is kept. Free space, then do it again; no restart is needed.',
  trouble4: 'Registry damaged: it is refused, not shown half. Restore the newest good backup into a new folder.',
  trouble5:
    'The support file holds versions, this computer, the models’ check, counts and the end of the log. No name, no identifier, no path, no text that anybody typed.',
  saveSupport: 'Save the support file',
}
