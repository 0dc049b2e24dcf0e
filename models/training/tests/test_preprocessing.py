"""Preprocessing against PyWavelets, SciPy and the published reference cases."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from cardionets_training import preprocessing as p
from cardionets_training.encoder_input import scale

SHARED = Path(__file__).resolve().parents[4] / "shared" / "reference" / "statistics"
rng = np.random.default_rng(3)


def test_wavelet_denoising_equals_pywavelets():
    pywt = pytest.importorskip("pywt")
    for length in (5000, 4999, 4501):
        x = rng.standard_normal(length).cumsum() * 0.1
        coefficients = pywt.wavedec(x, "db6", mode="symmetric", level=4)
        threshold = np.median(np.abs(coefficients[-1])) / 0.6745 * np.sqrt(2 * np.log(length))
        kept = [coefficients[0]] + [pywt.threshold(c, threshold, "soft") for c in coefficients[1:]]
        expected = pywt.waverec(kept, "db6", mode="symmetric")[:length]
        assert np.abs(p.denoise(x) - expected).max() < 1e-10


@pytest.mark.parametrize("heart_rate, period", [(40, 750), (61, 491), (150, 200), (10, 1000), (400, 136)])
def test_the_trend_is_the_mean_over_one_beat(heart_rate, period):
    assert p.beat_period(heart_rate) == period
    # A signal that repeats every beat has a constant trend: its mean.
    beat = rng.standard_normal(period)
    x = np.tile(beat, 8)
    assert np.abs(p.trend(x, period) - beat.mean()).max() < 1e-12
    # A straight line passes unchanged, except at the held ends.
    line = np.arange(3000.0)
    half = period // 2
    assert np.abs(p.trend(line, period)[half:-half] - line[half:-half]).max() < 1e-9


@pytest.mark.skipif(not SHARED.exists(), reason="reference cases are not beside this checkout")
def test_the_trend_agrees_with_statsmodels():
    cases = json.loads((SHARED / "seasonal_decompose.json").read_text())["cases"]
    for case in cases:
        held = case["expected"].get("trend_edges_held")
        if held is None:
            continue
        x = np.array(case["inputs"]["x"], dtype=float)
        assert np.allclose(p.trend(x, int(case["inputs"]["period"])), held, rtol=1e-9, atol=1e-9), case["id"]


def test_the_half_band_filter_keeps_the_pass_band_and_stops_aliases():
    taps = p.half_band_taps()
    assert taps.sum() == pytest.approx(1, abs=1e-15)
    assert np.count_nonzero(taps) == 33
    response = np.abs(np.fft.rfft(taps, 4096))
    hertz = np.fft.rfftfreq(4096, 1 / 500)
    assert np.abs(response[hertz < 100] - 1).max() < 1e-3
    assert response[hertz > 150].max() < 1e-3


def test_scaling_keeps_the_range_as_amplitude_and_silences_constant_leads():
    x = rng.standard_normal((12, 2250)) * 0.4
    x[5] = 0.2
    scaled, amplitude = (part.numpy() for part in scale(torch.from_numpy(x)))
    assert scaled[0].min() == -1 and scaled[0].max() == 1
    assert amplitude[0] == pytest.approx(np.log10(np.ptp(x[0])), abs=1e-6)
    assert (scaled[5] == 0).all() and amplitude[5] == -3


def test_refuses_what_is_too_short():
    with pytest.raises(ValueError, match="4499"):
        p.preprocess(np.zeros((12, 4000)), 60)
    assert p.preprocess(rng.standard_normal((12, 4499)), 60).shape == (12, 2250)
