"""Real data in the documented layouts: what is read, and what is refused with the file and the row."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from cardionets_training.config import DISEASES, LEADS
from cardionets_training.data.cine_files import load_cine
from cardionets_training.data.cohort import Cohort
from cardionets_training.data.ecg_files import StatedEcg, load_ecg
from cardionets_training.data.heart_rate import heart_rate_bpm
from cardionets_training.data.importing import import_rows
from cardionets_training.data.mimic import read_mimic_folder, split_of
from cardionets_training.data.subject_table import read_subject_table
from cardionets_training.data.wfdb_header import read_wfdb
from cardionets_training.evaluation.labels import eligible
from cardionets_training.phenotypes import PHENOTYPES
from cardionets_training.preprocessing import preprocess
from cardionets_training.simulator import record_ecg, simulate_subjects

ROOT = Path(__file__).resolve().parents[3]
FIXTURES, SHARED = ROOT / "test" / "fixtures" / "ecg", ROOT.parent / "shared" / "data"


@pytest.fixture(scope="module")
def recording():
    """Twelve leads in mV at 500 Hz and their rate."""
    recorded = record_ecg(simulate_subjects(1, 91))
    return recorded.samples_mv[0].astype(np.float64), float(recorded.heart_rate_bpm[0])


def cine_of(seed: int, frames: int = 50, size: int = 120) -> np.ndarray:
    return np.random.default_rng(seed).random((frames, size, size))


@pytest.fixture()
def folder(tmp_path, recording):
    """Three subjects, one in each split: a JSON with a NIfTI and its mask, and two arrays."""
    nibabel = pytest.importorskip("nibabel")
    leads, rate_bpm = recording
    samples = {lead: values.tolist() for lead, values in zip(LEADS, leads)}
    (tmp_path / "a.json").write_text(json.dumps({"rateHz": 500, "heartRateBpm": rate_bpm, "samples": samples}))
    np.save(tmp_path / "b.npy", leads * 1000)
    np.save(tmp_path / "c.npy", leads[:, ::2])
    np.save(tmp_path / "cine.npy", cine_of(1))
    mask = np.zeros((50, 120, 120), np.uint8)
    mask[:, 30:70, 50:90] = 1
    for name, values in (("cine", cine_of(0)), ("mask", mask)):
        nibabel.save(nibabel.Nifti1Image(values.transpose(2, 1, 0)[:, :, None].astype(np.float32), np.eye(4)), tmp_path / f"{name}.nii.gz")
    common = {**{p.id: p.mean for p in PHENOTYPES}, **dict.fromkeys(DISEASES, 0), "subtype": "none", "cine": "cine.npy"}
    table = [
        {"subject": "1", "split": "train", "ecg": "a.json", **common, "cine": "cine.nii.gz", "mask": "mask.nii.gz", "cm": 1, "subtype": "hcm"},
        {"subject": "2", "split": "validation", "ecg": "b.npy", "rate_hz": 500, "unit": "uV", "heart_rate_bpm": rate_bpm, **common},
        {"subject": "3", "split": "test", "ecg": "c.npy", "rate_hz": 250, "unit": "mV", **common},
    ]
    write(tmp_path, table)
    return tmp_path, table


def write(folder: Path, table: list[dict]) -> Path:
    path = folder / "subjects.csv"
    names = list(dict.fromkeys(name for row in table for name in row))
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(table)
    return path


def test_pairs_become_cohorts_that_every_stage_reads(folder, recording):
    path, _ = folder
    cache = path / "cache"
    rows = read_subject_table(path / "subjects.csv", with_cines=True)
    assert import_rows(rows, with_cines=True, cache=cache) == {"train": 1, "validation": 1, "test": 1}
    train, validation, test = (Cohort(name, folder=cache) for name in ("train", "validation", "test"))
    expected = preprocess(*recording)
    assert np.abs(train.ecg[0] - expected).max() < 2e-3  # half precision
    assert np.abs(validation.ecg[0] - expected).max() < 2e-3  # microvolts of the table
    # From every second sample the same recording comes back but for its highest frequencies.
    assert np.corrcoef(test.ecg[0][1], expected[1])[0, 1] > 0.99
    assert train.cine.shape == (1, 50, 96, 96) and train.cine.dtype == np.uint8
    assert train.subjects.subtype[0] == 1 and train.subjects.recorded[0].tolist() == [False, False, True, False]
    np.testing.assert_allclose(train.phenotypes[0], [p.mean for p in PHENOTYPES], rtol=1e-6)
    with pytest.raises(ValueError, match="imported"):
        train.simulate()


def test_the_crop_is_centred_on_the_heart(folder):
    path, _ = folder
    cine, mask = load_cine(path / "cine.nii.gz", path / "mask.nii.gz")
    original = cine_of(0).astype(np.float32)
    # The box rows 30 to 70, columns 50 to 90 has its middle at 50, 70.
    expected = np.pad(original, ((0, 0), (48, 48), (48, 48)))[:, 50:146, 70:166]
    low, high = expected.min(), expected.max()
    assert np.abs(cine.astype(float) - 255 * (expected - low) / (high - low)).max() <= 0.51
    assert mask.sum() == 40 * 40 and mask[28:68, 28:68].all()


def test_frames_are_interpolated_round_the_cycle(tmp_path):
    angle = np.arange(25) / 25 * 2 * np.pi
    np.save(tmp_path / "slow.npy", np.cos(angle)[:, None, None] + np.zeros((25, 96, 96)))
    cine, _ = load_cine(tmp_path / "slow.npy")
    expected = 127.5 * (1 + np.cos(np.arange(50) / 50 * 2 * np.pi))
    assert np.abs(cine[:, 0, 0] - expected).max() < 3


REFUSALS = {
    "an empty label": (lambda t: t[1].update(LVEDV=""), r"subjects\.csv, row 3: `LVEDV` is empty|row 3: `LVEDV` should be a number"),
    "a label that is no number": (lambda t: t[0].update(LVM="heavy"), r"row 2: `LVM` should be a number, found 'heavy'"),
    "an unknown split": (lambda t: t[2].update(split="held-out"), r"row 4: `split` should be"),
    "a subject in two splits": (lambda t: t[2].update(subject="1"), r"row 4: subject '1' is in 'test', but in 'train' at .*row 2"),
    "a disease that is neither 0 nor 1": (lambda t: t[0].update(cad="yes"), r"row 2: `cad` should be 0 or 1"),
    "a missing column": (lambda t: [row.pop("LVEF") for row in t], r"row 1: the columns LVEF are absent"),
    "a missing unit": (lambda t: t[1].update(unit=""), r"row 3: .*b\.npy: a \.npy needs `unit`"),
    "the wrong unit": (lambda t: t[1].update(unit="mV"), r"row 3: .*spans .* mV"),
    "a missing rate": (lambda t: t[2].update(rate_hz=""), r"row 4: .*needs `rate_hz`"),
    "a file that is not there": (lambda t: t[0].update(ecg="x.json"), r"row 2: .*x\.json is not there"),
    "an ECG where the cine should be": (lambda t: t[1].update(cine="b.npy"), r"row 3: .*b\.npy: expected one slice over time"),
    "a cine where the ECG should be": (lambda t: t[2].update(ecg="cine.npy"), r"row 4: .*cine\.npy: expected shape \(12, samples\)"),
    "a mask of another size": (lambda t: t[0].update(mask="small.npy"), r"row 2: .*small\.npy: the mask has shape"),
}


@pytest.mark.parametrize("what", REFUSALS)
def test_what_is_refused_and_where(folder, what):
    path, table = folder
    np.save(path / "small.npy", np.ones((50, 64, 64)))
    change, message = REFUSALS[what]
    change(table)
    with pytest.raises(ValueError, match=message):
        import_rows(read_subject_table(write(path, table), with_cines=True), with_cines=True, cache=path / "cache")


def test_a_simulated_cache_is_not_mixed_with_real_data(folder):
    path, _ = folder
    (path / "cache" / "train").mkdir(parents=True)
    rows = read_subject_table(path / "subjects.csv", with_cines=True)
    with pytest.raises(ValueError, match="simulated cohorts"):
        import_rows(rows, with_cines=True, cache=path / "cache")


def mimic_folder(path: Path, leads: np.ndarray) -> Path:
    """Ten subjects with one record each, written as MIMIC-IV-ECG is."""
    lines = ["subject_id,study_id,file_name,ecg_time,path"]
    order = ["I", "II", "III", "aVR", "aVF", "aVL", "V1", "V2", "V3", "V4", "V5", "V6"]  # as in MIMIC
    stored = np.round(leads[[LEADS.index(lead) for lead in order]] * 200).astype("<i2")
    for i in range(10):
        subject, study = f"{10000000 + i}", f"{40000000 + i}"
        place = path / f"files/p1000/p{subject}/s{study}"
        place.mkdir(parents=True)
        (place / f"{study}.dat").write_bytes(stored.T.tobytes())
        signals = [f"{study}.dat 16 200.0(0)/mV 16 0 {row[0]} 0 0 {lead}" for lead, row in zip(order, stored)]
        (place / f"{study}.hea").write_text("\n".join([f"{study} 12 500 {stored.shape[1]}", *signals]) + "\n")
        lines.append(f"{subject},{study},{study},2180-07-23 08:44:00,files/p1000/p{subject}/s{study}/{study}")
    (path / "record_list.csv").write_text("\n".join(lines))
    labels = ["subject_id,cad,hf,cm,ph,subtype"] + [f"{10000000 + i},{i % 2},0,{int(i == 3)},0,{'dcm' if i == 3 else 'none'}" for i in range(10)]
    (path / "labels.csv").write_text("\n".join(labels))
    return path


def test_a_folder_of_mimic_becomes_cohorts_for_the_disease_tasks(tmp_path, recording):
    path = mimic_folder(tmp_path, recording[0])
    rows = read_mimic_folder(path, path / "labels.csv")
    counts = import_rows(rows, with_cines=False, cache=path / "cache")
    assert sum(counts.values()) == 10
    train = Cohort("train", folder=path / "cache")
    own = [i for i in range(10) if split_of(f"{10000000 + i}") == "train"]
    assert train.subjects.recorded[:, 0].tolist() == [i % 2 == 1 for i in own]
    assert np.isnan(train.phenotypes).all()
    assert len(eligible("phenotypes", train, len(own))) == 0 and len(eligible("cad", train, len(own))) == len(own)
    # 5 microvolts a step; the heart rate is measured here and stated in the other recording.
    assert np.abs(train.ecg[0] - preprocess(*recording)).max() < 0.05


def test_mimic_refusals_name_file_and_row(tmp_path, recording):
    path = mimic_folder(tmp_path, recording[0])
    labels = path / "labels.csv"
    text = labels.read_text().splitlines()
    for changed, message in (
        (text[:-1], r"record_list\.csv, row 11: subject_id '10000009' has no row"),
        ([*text, text[1]], r"labels\.csv, row 12: subject_id '10000000' is there twice"),
        ([text[0], text[1].replace(",0,0,0,0,", ",0,0,2,0,"), *text[2:]], r"labels\.csv, row 2: `cm` is '2'"),
    ):
        labels.write_text("\n".join(changed))
        with pytest.raises(ValueError, match=message):
            read_mimic_folder(path, labels)
    labels.write_text("\n".join(text))
    header = next(path.glob("files/p1000/*/*/*.hea"))
    header.write_text(header.read_text().replace("16 200.0", "212 200.0", 1))
    with pytest.raises(ValueError, match=r"record_list\.csv, row \d+: .*\.hea, line 2: expected a signal in format 16"):
        import_rows(read_mimic_folder(path, labels), with_cines=False, cache=path / "cache")


@pytest.mark.parametrize("folder_name, name", [(FIXTURES, "HR06000"), (FIXTURES, "JS20001"), (SHARED / "wfdb", "E07500")])
def test_wfdb_records_are_what_the_wfdb_package_reads(folder_name, name):
    wfdb = pytest.importorskip("wfdb")
    if not (folder_name / f"{name}.hea").exists():
        pytest.skip(f"{name} is not beside this checkout")
    record = wfdb.rdrecord(str(folder_name / name))
    leads, rate_hz = read_wfdb(folder_name / f"{name}.hea")
    assert rate_hz == record.fs
    for lead, values in zip(LEADS, leads):
        column = [n.lower() for n in record.sig_name].index(lead.lower())
        np.testing.assert_allclose(values, record.p_signal[:, column], atol=1e-9)


def test_the_measured_heart_rate_is_the_simulated_one():
    recorded = record_ecg(simulate_subjects(40, 92))
    regular = [i for i in range(40) if not recorded.ectopic[i].any()]
    found = np.array([heart_rate_bpm(recorded.samples_mv[i].astype(float), 500) for i in regular])
    truth = np.array([60 / np.median(np.diff(recorded.r_peaks_s[i])) for i in regular])
    assert np.mean(np.abs(found - truth) < 3) > 0.9


def test_a_flat_recording_has_no_heart_rate(tmp_path):
    np.save(tmp_path / "flat.npy", np.zeros((12, 5000)))
    with pytest.raises(ValueError, match=r"flat\.npy: the tallest lead spans 0 mV"):
        load_ecg(tmp_path / "flat.npy", StatedEcg(500, "mV"))
