"""Independent libraries read the ECG files of the application: those that it writes, and those that it reads.

The application is asked through its command line; wfdb, pydicom, pyEDFlib and NumPy, or for XML and ISHNE a few
lines of another parser, give the second opinion on millivolts, rate and lead order. Files that may not be copied into the repository are read where they lie beside it.
"""

import json
import subprocess
import warnings
from pathlib import Path

import numpy as np
import pytest

wfdb = pytest.importorskip("wfdb", reason="the package wfdb is not installed")
pydicom = pytest.importorskip("pydicom", reason="the package pydicom is not installed")
pyedflib = pytest.importorskip("pyedflib", reason="the package pyEDFlib is not installed")
from second_readers import CASED, READERS, aecg_leads, dicom_leads, edf_leads, wfdb_leads  # noqa: E402

REPOSITORY = Path(__file__).resolve().parents[3]
FIXTURES = REPOSITORY / "test" / "fixtures" / "ecg"
SHARED = REPOSITORY.parent / "shared" / "data"

pytestmark = pytest.mark.skipif(not (REPOSITORY / "node_modules" / "node").exists(), reason="npm ci has not been run")


def application(*arguments):
    """The lines that the command line prints for some files, by file name."""
    run = subprocess.run(
        ["node", "build/run.mjs", "cardionets", *map(str, arguments)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
    )
    assert run.stdout, run.stderr
    return {Path(line["file"]).name: line for line in map(json.loads, run.stdout.splitlines())}


def same(line, reading, tolerance_mv=1e-6):
    """The application and the library agree in rate, lead order and every sample."""
    rate, names, samples_mv = reading
    assert line["rateHz"] == pytest.approx(rate, rel=1e-9)
    ours = list(line["samples"])
    assert [CASED.get(name.upper(), name) for name in names] == ours
    for index, name in enumerate(ours):
        column = np.array([np.nan if value is None else value for value in line["samples"][name]])
        np.testing.assert_allclose(column, samples_mv[:, index], rtol=3e-7, atol=tolerance_mv, equal_nan=True)


IN_REPOSITORY = ["HR06000.hea", "JS20001.hea", "waveform_ecg.dcm", "made/plus.edf", "made/plus.bdf"]
BESIDE = [
    "wfdb/E07500.hea",
    "wfdb/HR06000.hea",
    "wfdb/JS20001.hea",
    "wfdb/s0010_re.hea",
    "wfdb/test01_00s.hea",
    "wfdb/3000003_0003.hea",
    "wfdb/100_3chan.hea",
    "ground_truth/scp_wfdb_test/test.hea",
    "dicom_ecg/waveform_ecg.dcm",
    "dicom_ecg/ge_marquette_hemodynamic.dcm",
    "edf/kardiamobile_1lead.edf",
    "edf/test_generator.bdf",
    "aecg/AMPS_Example2.xml",
    "aecg/LIRYC_synthetic_example.xml",
    "muse/braveheart_example1.xml",
    "muse/braveheart_example4.xml",
    "muse/egm_muse-sinus.xml",
    "cardiosoft/gopringle_b.xml",
    "schiller/schiller.xml",
    "ishne/ECG_P28.01.ecg",
]


@pytest.mark.parametrize("folder, names", [(FIXTURES, IN_REPOSITORY), (SHARED, BESIDE)], ids=["repository", "beside"])
def test_a_second_reading_agrees(folder, names):
    if not folder.exists():
        pytest.skip("these files lie beside the repository, and are not there")
    paths = [folder / name for name in names]
    lines = application("read", "--samples", *paths)
    for path in paths:
        same(lines[path.name], (READERS.get(path.suffix) or READERS[path.parent.name])(path))


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """One recording in every format that is written."""
    out = tmp_path_factory.mktemp("written")
    for form in ["wfdb", "dicom", "aecg", "csv", "npy"]:
        line = application("convert", FIXTURES / "HR06000.hea", "--to", form, "--out", out / form)["HR06000.hea"]
        assert line["status"] == "converted" and line["largestDifferenceMv"] == 0
    return out


@pytest.fixture(scope="module")
def original():
    return application("read", "--samples", FIXTURES / "HR06000.hea")["HR06000.hea"]


def test_wfdb_reads_what_is_written(written, original):
    path = written / "wfdb" / "HR06000.hea"
    same(original, wfdb_leads(path))
    record = wfdb.rdrecord(str(path.with_suffix("")), physical=False)
    assert record.fmt == ["16"] * 12
    assert [each % 65536 for each in record.checksum] == record.calc_checksum()


def test_pydicom_reads_what_is_written(written, original):
    path = written / "dicom" / "HR06000.dcm"
    same(original, dicom_leads(path))
    dataset = pydicom.dcmread(path)
    assert dataset.file_meta.MediaStorageSOPClassUID == pydicom.uid.TwelveLeadECGWaveformStorage
    assert dataset.preamble == bytes(128)
    group = dataset.WaveformSequence[0]
    assert group["WaveformData"].VR == "OW" and group.WaveformBitsAllocated == 16
    for uid in (dataset.SOPInstanceUID, dataset.StudyInstanceUID, dataset.SeriesInstanceUID):
        assert uid.is_valid
    # Every value is legal for its representation.
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        str(dataset)


def test_another_xml_parser_reads_the_aecg_that_is_written(written, original):
    same(original, aecg_leads(written / "aecg" / "HR06000.xml"))


def test_numpy_reads_what_is_written(written, original):
    table = np.genfromtxt(written / "csv" / "HR06000.csv", delimiter=",", skip_header=2)
    names = (written / "csv" / "HR06000.csv").read_text().splitlines()[1].replace(" (mV)", "").split(",")
    same(original, (500, names, table))
    description = json.loads((written / "npy" / "HR06000.json").read_text())
    array = np.load(written / "npy" / description["file"])
    assert array.dtype == np.float32
    same(original, (description["rateHz"], description["leads"], array))


MDC_LEADS = {"I": "2:1", "II": "2:2", "III": "2:61", "aVR": "2:62", "aVL": "2:63", "aVF": "2:64"}
MDC_LEADS |= {f"V{number}": f"2:{number + 2}" for number in range(1, 7)}


def code(value, scheme, meaning):
    item = pydicom.Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, scheme, meaning
    return pydicom.Sequence([item])


def waveform_object(path, sop_class, syntax, names, steps):
    """What pydicom makes of whole microvolts, (T, L): implicit or explicit, of any waveform class."""
    dataset = pydicom.Dataset()
    dataset.file_meta = pydicom.dataset.FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = syntax
    dataset.SOPClassUID = dataset.file_meta.MediaStorageSOPClassUID = sop_class
    dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = pydicom.uid.generate_uid()
    dataset.SpecificCharacterSet, dataset.PatientName, dataset.Modality = "GB18030", "Test^One=试^一", "ECG"
    group = pydicom.Dataset()
    group.NumberOfWaveformSamples, group.NumberOfWaveformChannels = steps.shape
    group.WaveformOriginality, group.SamplingFrequency, group.MultiplexGroupLabel = "ORIGINAL", "500", "RHYTHM"
    channels = []
    for name in names:
        channel = pydicom.Dataset()
        channel.ChannelSourceSequence = code(MDC_LEADS[name], "MDC", f"Lead {name}")
        channel.ChannelSensitivityUnitsSequence = code("uV", "UCUM", "microvolt")
        channel.ChannelSensitivity, channel.ChannelSensitivityCorrectionFactor = "1", "1"
        channel.ChannelBaseline, channel.WaveformBitsStored = "0", 16
        channels.append(channel)
    group.ChannelDefinitionSequence = pydicom.Sequence(channels)
    group.WaveformBitsAllocated, group.WaveformSampleInterpretation = 16, "SS"
    little = syntax.is_little_endian
    group.add_new("WaveformData", "OW", steps.astype("<i2" if little else ">i2").tobytes())
    dataset.WaveformSequence = pydicom.Sequence([group])
    dataset.save_as(path, enforce_file_format=True)


def test_files_that_the_libraries_write_are_read(tmp_path, original):
    """General and ambulatory DICOM in three codings by pydicom, twelve leads of EDF+ by pyEDFlib, format 212 by wfdb."""
    names = list(original["samples"])
    samples_mv = np.array([original["samples"][name] for name in names]).T
    steps = np.round(samples_mv * 1000)
    uid = pydicom.uid
    codings = {
        "general.dcm": (uid.GeneralECGWaveformStorage, uid.ImplicitVRLittleEndian),
        "ambulatory.dcm": (uid.AmbulatoryECGWaveformStorage, uid.DeflatedExplicitVRLittleEndian),
        "big.dcm": (uid.GeneralECGWaveformStorage, uid.ExplicitVRBigEndian),
    }
    for name, coding in codings.items():
        waveform_object(tmp_path / name, *coding, names, steps)
    with pyedflib.EdfWriter(str(tmp_path / "twelve.edf"), len(names), file_type=pyedflib.FILETYPE_EDFPLUS) as file:
        limits = {"physical_max": 3276.7, "physical_min": -3276.8, "digital_max": 32767, "digital_min": -32768}
        file.setSignalHeaders([{"label": f"ECG {name}", "dimension": "uV", "sample_frequency": 500, **limits} for name in names])  # noqa: E501
        file.writeSamples([np.ascontiguousarray(lead) for lead in (samples_mv * 1000).T])
    wfdb.wrsamp(
        "packed", fs=500, units=["mV"] * 12, sig_name=names, p_signal=samples_mv, write_dir=str(tmp_path),
        fmt=["212"] * 12, adc_gain=[200.0] * 12, baseline=[0] * 12,
    )  # fmt: skip
    files = [*codings, "twelve.edf", "packed.hea"]
    lines = application("read", "--samples", *(tmp_path / name for name in files))
    for name in codings:
        same(lines[name], (500, names, steps / 1000))
        assert lines[name]["patient"]["name"] == "Test^One=试^一"
    same(lines["twelve.edf"], edf_leads(tmp_path / "twelve.edf"))
    same(lines["packed.hea"], wfdb_leads(tmp_path / "packed.hea"))
