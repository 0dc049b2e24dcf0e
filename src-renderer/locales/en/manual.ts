export default {
  useTitle: 'Intended use',
  use1: 'For physicians and trained staff: to look at a resting 12-lead ECG together with what a model says about it, for research, teaching and the evaluation of such models.',
  use2: 'Not a medical device. Not for diagnosis, triage, treatment or monitoring, and not for children, paced rhythms or ECGs of fewer than twelve leads.',
  use3: 'A physician looks at the ECG itself before any number, and signs in their own words. A number never decides alone.',
  use4: 'What the loaded model pack says of itself: {text}',
  use5: 'There is no loaded model pack at the moment, so nothing is screened.',
  findingsTitle: 'Findings, one by one',
  findings1:
    '“{screen}”, “{balanced}” and “{ruleIn}” show who would be marked at another threshold. What was recorded with the result stays.',
  findings2:
    'The dial “{prevalence}” shows what a mark means where so many people are ill: of 1,000, how many are ill and marked, well yet marked, ill yet missed. Turning it stores nothing.',
  findings3:
    'Phenotypes stand in pictures or in a table that can be searched and sorted. A reference range is there only where its figure was read in its source; else it says “{noRange}”. Weak values are pale.',
  findings4:
    'After an earlier recording of the same patient every value carries its change. “{beyond}” marks a change that repeated recordings of one heart hardly ever show.',
  findings5:
    'An earlier ECG of the same patient may lie below this one, or both median beats over each other: choose it above the paper.',
  list1:
    'One row a recording: whose it is, how well it was read, four risk marks, and who has looked at it. The chips above count what waits; a name, an id or a file narrows it down.',
  list2:
    '“{views}” keeps a filter, its order and its columns under a name. “{exportCsv}” saves the rows that are shown; no cell of it can start a formula.',
  list3:
    'J and K go up and down, Enter opens. On the recording, J and K go on to the next one of the same list, and Esc comes back to it.',
  batch1:
    'A batch takes a folder, a table of files or a folder that it goes on watching. Each file gets one outcome: screened, screened with limits, refused with the reason, known already, or waiting for your answer.',
  batch2:
    'One answer about units, rate or leads counts for all files with the same header. It may be paused, and goes on after a restart where it was.',
  exchange1:
    'Two computers become one registry by an encrypted, signed file on a stick. Compare the fingerprints before you trust the other one.',
  exchange2:
    'What both changed waits on this page, side by side, until somebody chooses and says why. Nothing is overwritten silently.',
  exchange3:
    '“{openExport}” writes everything in formats that other programs read. That folder is not encrypted and names patients.',
  models1:
    'The page shows the pack that answers, what it says of itself, what it was trained on, who signed it, and how good each output is on held-out people.',
  models2:
    '“{examine}” runs the pack’s reference inputs on every processor of this computer. One that does not give the reference outputs is not used.',
  cine1:
    '“{generate}” draws one heart of the many that fit the ECG. It beats as fast as the ECG does; the cursor on the beat and the frame lead each other, and the loop may be shortened.',
  cine2:
    '“{beside}” plays a second cine in step: another seed, the mean, an earlier recording, the acquired cine. “{seeds}” shows where the ECG leaves the picture open.',
  cine3: '“{slide}” moves one phenotype and leaves the rest to the model. It is an illustration, not a forecast.',
  cine4:
    '“{similarity}” and “{leads}” colour what the model used. Read the verdict of the controls before the map; a map that looks the same with random weights says so.',
  cine5:
    '“{acquired}” takes a DICOM series or a NIfTI file of the patient, asks whose it is, and shows both cines with their likeness in numbers.',
  cine6:
    'Every generated picture carries “{mark}”: on the screen, printed, copied and saved. Nothing on it can be measured.',
  cine7:
    '[ and ] slow down and speed up, A and B set the loop, the number beside them is the rate that was really painted.',
  report1:
    'The report has one page for physicians, and on demand a technical page and a page for the patient, on A4 or Letter, in English or Chinese, whatever the language of the window.',
  report2:
    'Each page is a draft with a watermark until a physician has signed with “{sign}”. The same result gives the same file, byte for byte.',
  report3:
    '“{saveReport}” keeps the ECG as lines at true scale. “{print}” sends pictures of 300 dots an inch; print at 100 %, so that 1 s is 25 mm.',
  report4: 'The values leave as a table or as JSON, the cine as animation, picture or video, each with its mark.',
  studiesTitle: 'Reader studies',
  studies1:
    'A coordinator plans cases, stages, arms, questions and analysis in steps and locks the protocol. After that a change is an amendment with a reason.',
  studies2:
    'A reader sees the case and the questions, and nothing of arm, truth or other readers. An answer that was given cannot be changed.',
  studies3: 'The data are locked first; then two custodians open them with their passphrases, and the results appear.',
  deskTitle: 'Patients, review and signature',
  desk1:
    'N registers a patient; a search finds names by any part, by pinyin and by initials, ids, birth dates and dates of visits.',
  desk2:
    'If a file names another person than the chosen patient, the two are shown side by side and you decide. Nothing is matched silently.',
  desk3:
    'A physician writes agreement and conclusion, then signs with the password. What is signed is never changed: a correction is an amendment with a reason.',
  desk4:
    'L locks the window at once. What was half typed is there again after unlocking; what runs goes on behind the lock.',
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
    'A password is lost: an administrator sets a new one. All are lost: “{forgot}” at the door takes the recovery code.',
  trouble3:
    'Disk full or write-protected: what was acknowledged is kept. Free space, then do it again; no restart is needed.',
  trouble4: 'Registry damaged: it is refused, not shown half. Restore the newest good backup into a new folder.',
  trouble5:
    'The support file holds versions, this computer, the models’ check, counts and the end of the log. No name, no identifier, no path, no text that anybody typed.',
  saveSupport: 'Save the support file',
}
