"""Second opinions on ECG files: wfdb, pydicom and pyEDFlib, or for XML and ISHNE a few lines of another parser.

Each gives rate in Hz, names of the channels and millivolts (samples, channels).
"""

import base64
import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

wfdb = pytest.importorskip("wfdb", reason="the package wfdb is not installed")
pydicom = pytest.importorskip("pydicom", reason="the package pydicom is not installed")
pyedflib = pytest.importorskip("pyedflib", reason="the package pyEDFlib is not installed")

CASED = {name.upper(): name for name in "I II III aVR aVL aVF V1 V2 V3 V4 V5 V6".split()}
MILLIVOLTS = {"mV": 1.0, "mv": 1.0, "uV": 1e-3}


def wfdb_leads(path):
    record = wfdb.rdrecord(str(path.with_suffix("")), smooth_frames=True)
    scale = [MILLIVOLTS[unit] for unit in record.units]
    return record.fs, record.sig_name, record.p_signal * scale


def dicom_leads(path):
    dataset = pydicom.dcmread(path)
    groups = dataset.WaveformSequence
    channels = groups[0].ChannelDefinitionSequence
    names = [re.sub(r"^Lead (\w+).*", r"\1", channel.ChannelSourceSequence[0].CodeMeaning) for channel in channels]
    scale = [MILLIVOLTS[channel.ChannelSensitivityUnitsSequence[0].CodeValue] for channel in channels]
    return float(groups[0].SamplingFrequency), names, dataset.waveform_array(0) * scale


def edf_leads(path):
    with pyedflib.EdfReader(str(path)) as file:
        chosen = [i for i in range(file.signals_in_file) if file.getPhysicalDimension(i) in MILLIVOLTS]
        most = max(file.getNSamples()[i] for i in chosen)
        chosen = [i for i in chosen if file.getNSamples()[i] == most]
        rate = most / file.getFileDuration()
        names = [re.sub(r"^(EKG|ECG) ", "", file.getLabel(i)) for i in chosen]
        columns = [file.readSignal(i) * MILLIVOLTS[file.getPhysicalDimension(i)] for i in chosen]
    return rate, names, np.stack(columns, axis=1)


def aecg_leads(path):
    """A second reading of the digits, by another XML parser and with the standard's own formula."""
    space = "{urn:hl7-org:v3}"
    series = next(each for each in ElementTree.parse(path).iter(f"{space}series") if each.find(f"{space}code").get("code") == "RHYTHM")
    rate, names, columns = None, [], []
    path_to_sequences = "/".join(f"{space}{part}" for part in ["component", "sequenceSet", "component", "sequence"])
    for sequence in series.findall(path_to_sequences):
        code, value = sequence.find(f"{space}code").get("code"), sequence.find(f"{space}value")
        if code.startswith("TIME_"):
            rate = 1 / float(value.find(f"{space}increment").get("value"))
            continue
        origin, scale = (value.find(f"{space}{field}") for field in ("origin", "scale"))
        digits = np.array(value.find(f"{space}digits").text.split(), dtype=float)
        names.append(CASED[code.removeprefix("MDC_ECG_LEAD_").upper()])
        columns.append((float(origin.get("value")) + float(scale.get("value")) * digits) * MILLIVOLTS[scale.get("unit")])
    return rate, names, np.stack(columns, axis=1)


def muse_leads(path):
    """The eight stored leads; the application derives the other four later."""
    root = ElementTree.parse(path).getroot()
    rhythm = next(each for each in root.iter("Waveform") if each.findtext("WaveformType") == "Rhythm")
    leads = rhythm.findall("LeadData")
    counts = [np.frombuffer(base64.b64decode(lead.findtext("WaveFormData")), "<i2") for lead in leads]
    scale = [float(lead.findtext("LeadAmplitudeUnitsPerBit")) * 1e-3 for lead in leads]
    names = [lead.findtext("LeadID") for lead in leads]
    return float(rhythm.findtext("SampleBase")), names, np.stack(counts, axis=1) * scale


def cardiosoft_leads(path):
    strip = ElementTree.parse(path).getroot().find("StripData")
    leads = strip.findall("WaveformData")
    counts = [np.array(lead.text.split(","), dtype=float) for lead in leads]
    scale = float(strip.findtext("Resolution")) * 1e-3
    return float(strip.findtext("SampleRate")), [lead.get("lead") for lead in leads], np.stack(counts, axis=1) * scale


def schiller_leads(path):
    waves = ElementTree.parse(path).getroot().iter("wavedata")
    rhythm = next(each for each in waves if each.findtext("type") == "ECG_RHYTHMS")
    channels = rhythm.findall("channel")
    counts = [np.array(each.findtext("data").strip(" ,\n").split(","), dtype=float) for each in channels]
    scale = float(rhythm.findtext("resolution/yres/unitperbit")) * 1e-3
    names = [each.findtext("name") for each in channels]
    return float(rhythm.findtext("resolution/samplerate/value")), names, np.stack(counts, axis=1) * scale


def ishne_leads(path):
    """Fixed header of 522 bytes (Badilini, 1998)."""
    data = path.read_bytes()
    header = np.frombuffer(data, "<i2", 261)
    count = header[78]
    names = [list(CASED.values())[code - 5] for code in header[79 : 79 + count]]
    start = int(np.frombuffer(data, "<i4", 1, 22)[0])
    steps = np.frombuffer(data, "<i2", offset=start).reshape(-1, count)
    return float(header[136]), names, steps * (header[103 : 103 + count] * 1e-6)


READERS = {
    ".hea": wfdb_leads,
    ".dcm": dicom_leads,
    ".edf": edf_leads,
    ".bdf": edf_leads,
    ".ecg": ishne_leads,
    "aecg": aecg_leads,
    "muse": muse_leads,
    "cardiosoft": cardiosoft_leads,
    "schiller": schiller_leads,
}
