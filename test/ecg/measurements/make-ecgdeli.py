"""Writes ecgdeli.json: what ECGdeli finds in the same recordings, as outside figures for our own delineation.

    npm run -s cardionets -- read --samples FILE… | python test/ecg/measurements/make-ecgdeli.py

ecgdeli 1.0.0 (a port checked against the MATLAB toolbox of Pilia et al., SoftwareX 2021;13:100639), filter_ecg and
annotate with "fixed" fidelity, first ten seconds, leads I, II, V1–V6. Medians over leads and beats, in ms: of PR, QRS
and QT of each beat in each lead.
"""

import json
import os
import sys

import ecgdeli
import numpy as np

ecgdeli.set_fidelity("fixed")
LEADS = ["I", "II", "V1", "V2", "V3", "V4", "V5", "V6"]
found = {}
for line in sys.stdin:
    recording = json.loads(line)
    samples = recording.get("samples", {})
    if any(lead not in samples for lead in LEADS):
        continue
    rate = round(recording["rateHz"])
    signal = np.array([samples[lead][: 10 * rate] for lead in LEADS], float).T
    try:
        result = ecgdeli.annotate(ecgdeli.filter_ecg(signal, fs=rate), fs=rate)
    except Exception as problem:
        print(recording["file"], problem, file=sys.stderr)
        continue

    def interval(start, end):
        lengths = [
            (b - a) * 1000 / rate
            for lead in result.leads
            for a, b in zip(getattr(lead, start), getattr(lead, end), strict=True)
            if a > 0 and b > a
        ]
        return round(float(np.median(lengths)), 1) if len(lengths) >= 8 else None

    found[os.path.basename(recording["file"])] = {
        "prMs": interval("p_on", "qrs_on"),
        "qrsMs": interval("qrs_on", "qrs_off"),
        "qtMs": interval("qrs_on", "t_off"),
    }
json.dump(found, open(os.path.join(os.path.dirname(__file__), "ecgdeli.json"), "w"), indent=2)
