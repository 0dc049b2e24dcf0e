"""The simulated cine shows the heart whose volumes the phenotypes state, and moves as a heart does."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from cardionets_training.simulator import ShiftSettings, render_cine, render_cines, simulate_subjects
from cardionets_training.simulator.cine_geometry import geometry_of
from cardionets_training.simulator.cine_motion import motion_of
from cardionets_training.simulator.cine_raster import coverage
from cardionets_training.simulator.cine_scene import scene_of
from cardionets_training.simulator.phenotype_table import INDEX
from cardionets_training.simulator.streams import generator


@pytest.fixture(scope="module")
def subjects():
    cohort = simulate_subjects(400, seed=301)
    rows = np.concatenate([np.flatnonzero(cohort.class_index == c)[: 8 if c == 0 else 4] for c in range(7)])
    return cohort[rows]


@pytest.fixture(scope="module")
def cines(subjects):
    return render_cines(subjects, processes=1)


@pytest.fixture(scope="module")
def scenes(subjects):
    motions = [motion_of(subjects, row) for row in range(len(subjects))]
    shapes = [geometry_of(subjects, row, motion) for row, motion in enumerate(motions)]
    return [scene_of(g, m, generator(k, "cine-pose")) for g, m, k in zip(shapes, motions, subjects.key, strict=True)]


def value(subjects, name):
    return subjects.phenotypes[:, INDEX[name]]


def solid_volume_ml(first, second):
    """Disc summation πΣh²·Δ between two walls [k, 2] sampled at the same shares of the axis."""
    half = 0.5 * np.linalg.norm(second - first, axis=1)
    middle = 0.5 * (first + second)
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(middle, axis=0), axis=1))])
    return np.pi * np.trapezoid(half**2, along) / 1000


def test_left_chambers_hold_the_volumes_of_the_phenotypes(subjects):
    for row in range(len(subjects)):
        motion = motion_of(subjects, row)
        geometry = geometry_of(subjects, row, motion)
        systole = int(motion.contraction.argmax())
        for frame, ventricle, atrium in ((0, "LVEDV", "LAV_min"), (systole, "LVESV", "LAV_max")):
            lv = solid_volume_ml(geometry.septal[frame], geometry.lateral[frame])
            assert abs(lv / value(subjects, ventricle)[row] - 1) < 0.025, ventricle
            points = geometry.la.points[frame]
            half = len(points) // 2
            la = solid_volume_ml(points[:half], points[half:][::-1])
            assert abs(la / value(subjects, atrium)[row] - 1) < 0.025, atrium


def test_volume_curves_begin_full_and_reach_the_end_systolic_volume(subjects):
    for row in range(len(subjects)):
        motion = motion_of(subjects, row)
        np.testing.assert_allclose(motion.lv_ml[0], value(subjects, "LVEDV")[row], rtol=1e-9)
        np.testing.assert_allclose(motion.lv_ml.min(), value(subjects, "LVESV")[row], rtol=0.02)
        np.testing.assert_allclose(motion.la_ml.max(), value(subjects, "LAV_max")[row], rtol=0.02)
        systole = int(motion.lv_ml.argmin())
        assert 14 <= systole <= 24
        assert (np.diff(motion.lv_ml[: systole + 1]) <= 0).all() and (np.diff(motion.lv_ml[systole:]) >= -1e-9).all()
        # The cine is one cycle: the last frame leads back to the first.
        assert motion.lv_ml[0] - motion.lv_ml[-1] < 0.05 * value(subjects, "LVSV")[row]


def test_areas_in_the_image_follow_the_phenotypes(subjects, scenes):
    motions = [motion_of(subjects, row) for row in range(len(subjects))]
    systole = [int(m.contraction.argmax()) for m in motions]

    length = np.array([m.lv_length_mm for m in motions])
    start = [0] * len(subjects)

    def area(name, frames):
        return np.array([coverage(getattr(s, name)[f]).sum() for s, f in zip(scenes, frames, strict=True)])

    for name, frames, phenotype, power, least in (
        ("lv", start, "LVEDV", 1, 0.95), ("lv", systole, "LVESV", 1, 0.93), ("rv", start, "RVEDV", 1, 0.88),
        ("la", systole, "LAV_max", 0, 0.88), ("ra", systole, "RAV_max", 0, 0.65),
    ):  # fmt: skip
        seen = area(name, frames) * length**power
        assert spearmanr(seen, value(subjects, phenotype))[0] > least, phenotype
    walls = area("lv_wall", start) - area("lv", start)
    assert spearmanr(walls * length, value(subjects, "LVM"))[0] > 0.95
    emptied = 1 - area("lv", systole) / area("lv", start)
    assert spearmanr(emptied, value(subjects, "LVEF"))[0] > 0.9


def test_cines_are_normalised_and_of_the_agreed_shape(subjects, cines):
    noisy, clean, masks = cines
    assert noisy.shape == clean.shape == (len(subjects), 50, 96, 96) and noisy.dtype == clean.dtype == np.float32
    assert render_cine(subjects).noisy.dtype == render_cine(subjects).clean.dtype == np.float32
    assert masks.shape == (len(subjects), 96, 96) and masks.dtype == bool
    for images in cines[:2]:
        assert images.min() >= 0 and images.max() <= 1 and np.isfinite(images).all()
    assert (noisy.max(axis=(1, 2, 3)) == 1).all() and (noisy.min(axis=(1, 2, 3)) == 0).all()


def test_noise_is_small_and_not_in_the_clean_cine(cines):
    noisy, clean, _ = cines
    error = np.sqrt(np.square(noisy - clean).mean(axis=(1, 2, 3)))
    assert (error > 0.003).all() and (error < 0.02).all()
    # Beyond the heart nothing moves: the noise-free frames agree with each other there, the noisy ones do not.
    corner = (slice(None), slice(None), slice(0, 6), slice(0, 6))
    assert clean[corner].std(axis=1).max() < 1e-4 < noisy[corner].std(axis=1).max()


def test_the_heart_is_whole_centred_and_inside_its_mask(cines):
    _, clean, masks = cines
    for mask, cine in zip(masks, clean, strict=True):
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        assert abs(0.5 * (rows[0] + rows[-1]) - 47.5) < 6 and abs(0.5 * (columns[0] + columns[-1]) - 47.5) < 6
        assert 0.1 < mask.mean() < 0.6
        moving = cine.std(axis=0)
        assert moving[mask].mean() > 4 * moving[~mask].mean()


def test_blood_is_bright_muscle_dark_and_lung_black(scenes, cines):
    noisy = cines[0]
    for scene, cine in zip(scenes, noisy, strict=True):
        frame = cine[0].ravel()
        blood = np.median(frame[(scene.lv[0] < -4)])
        wall = np.median(frame[(scene.lv_wall[0] < -2) & (scene.lv[0] > 2)]) if (scene.lv[0] > 2).any() else 0
        assert blood > 0.4 and wall < 0.75 * blood


def test_a_cine_does_not_depend_on_its_batch_or_on_processes(subjects, cines):
    alone = render_cine(subjects, 5)
    np.testing.assert_array_equal(alone.noisy, cines[0][5])
    selected = render_cines(subjects[[9, 5]], processes=1)
    np.testing.assert_array_equal(selected[1][1], cines[1][5])
    parallel = render_cines(subjects[:10], processes=2)
    np.testing.assert_array_equal(parallel[0], cines[0][:10])
    np.testing.assert_array_equal(parallel[2], cines[2][:10])


def test_bytes_are_the_rounded_floats(subjects, cines):
    noisy, _, _ = render_cines(subjects[:2], processes=1, dtype=np.uint8)
    np.testing.assert_array_equal(noisy, np.round(cines[0][:2] * 255).astype(np.uint8))
    with pytest.raises(ValueError, match="float32 or uint8"):
        render_cines(subjects[:1], processes=1, dtype=np.float64)


def test_shifted_noise_reaches_the_cine():
    usual = simulate_subjects(1, 301)
    loud = simulate_subjects(1, 301, shift=ShiftSettings(noise_factor=4))
    quiet_cine, loud_cine = render_cine(usual), render_cine(loud)
    assert np.abs(loud_cine.noisy - loud_cine.clean).mean() > 3 * np.abs(quiet_cine.noisy - quiet_cine.clean).mean()
