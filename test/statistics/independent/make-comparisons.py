"""Comparisons of scores and images, by definition or with established Python packages.

    python test/statistics/independent/make-comparisons.py

Python 3.11, NumPy, SciPy, scikit-learn, scikit-image; writes `cases/comparisons.json` and `cases/images.json`.
"""
import numpy as np
from scipy import stats
from skimage.metrics import structural_similarity
from sklearn.metrics import roc_auc_score

from common import success, write


def delong_covariance(truth, scores):
    truth = np.array(truth)
    v10, v01 = [], []
    for score in map(np.array, scores):
        table = np.array([[success(p, n) for n in score[truth == 0]] for p in score[truth == 1]])
        v10.append(table.mean(axis=1))
        v01.append(table.mean(axis=0))
    return np.cov(v10, ddof=1) / (truth == 1).sum() + np.cov(v01, ddof=1) / (truth == 0).sum()


def comparison_cases(random):
    truth = [1] * 14 + [0] * 19
    scores = [np.round(random.normal(np.array(truth) * shift, 1), 1) for shift in (1.2, 0.8, 0.3, 0.0)]
    auc = [roc_auc_score(truth, score) for score in scores]
    covariance = delong_covariance(truth, scores)
    for contrast in ([[1, -1, 0, 0]], [[1, -1, 0, 0], [0, 1, -1, 0], [0, 0, 1, -1]],
                     [[1, -1, 0, 0], [0, 1, -1, 0], [1, 0, -1, 0]], [[0.5, 0.5, -0.5, -0.5]]):
        weights = np.array(contrast, float)
        spread = weights @ covariance @ weights.T
        df = np.linalg.matrix_rank(spread)
        chi2 = (weights @ auc) @ np.linalg.pinv(spread, rcond=1e-10) @ (weights @ auc)
        yield ("delong_contrast_test", {"truth": truth, "scores": scores, "contrast": contrast}, {},
               {"auc": auc, "covariance_matrix": covariance, "chi2": chi2, "df": df, "p": stats.chi2.sf(chi2, df)})

    other = [1] * 9 + [0] * 11
    second = np.round(random.normal(np.array(other) * 0.5, 1), 1)
    variances = [covariance[0][0], delong_covariance(other, [second, second])[0][0]]
    difference = auc[0] - roc_auc_score(other, second)
    z = difference / np.sqrt(sum(variances))
    df = sum(variances) ** 2 / (variances[0] ** 2 / (len(truth) - 1) + variances[1] ** 2 / (len(other) - 1))
    yield ("delong_unpaired_test", {"truth1": truth, "score1": scores[0], "truth2": other, "score2": second}, {},
           {"auc": [auc[0], roc_auc_score(other, second)], "variance": variances, "t_welch": z, "df_welch": df,
            "p_welch_t": 2 * stats.t.sf(abs(z), df), "z": z, "p_normal": 2 * stats.norm.sf(abs(z))})

    call = (scores[0] > 0.5).astype(int)
    thresholds = [0.05, 0.2, 0.5, 0.8]
    odds = np.array(thresholds) / (1 - np.array(thresholds))
    hits = np.mean((call == 1) & (np.array(truth) == 1))
    alarms = np.mean((call == 1) & (np.array(truth) == 0))
    yield ("decision_curve_binary", {"truth": truth, "call": call, "thresholds": thresholds}, {},
           {"net_benefit": hits - alarms * odds, "treat_all": np.mean(truth) - (1 - np.mean(truth)) * odds})

    x = random.normal(50, 9, 24).round(1)
    y = (0.8 * x + 14 + random.normal(0, 4, 24)).round(1)
    concordance = 2 * np.cov(x, y, ddof=0)[0, 1] / (x.var() + y.var() + (x.mean() - y.mean()) ** 2)
    r = np.corrcoef(x, y)[0, 1]
    u2 = (x.mean() - y.mean()) ** 2 / (x.std() * y.std())
    c = concordance
    variance = ((1 - r**2) * c**2 * (1 - c**2) / r**2 + 2 * c**3 * (1 - c) * u2 / r - c**4 * u2**2 / (2 * r**2)) / (len(x) - 2)
    expected = {"lin_ccc_population_moments": c, "epiR_estimate": c, "bias_correction_C_b": c / r}
    for level in (90, 95, 99.5):
        half = stats.norm.ppf(0.5 + level / 200) * np.sqrt(variance) / (1 - c**2)
        expected[f"epiR_ci{level}"] = [np.tanh(np.arctanh(c) - half), np.tanh(np.arctanh(c) + half)]
    yield ("concordance_correlation", {"x": x, "y": y}, {}, expected)


def image_cases(random):
    first = random.integers(0, 256, (18, 20, 3))
    second = np.clip(first + random.integers(-40, 41, first.shape), 0, 255)
    grey = (first[..., 0].astype(float), second[..., 0].astype(float))
    ways = {"gaussian_wang": dict(gaussian_weights=True, sigma=1.5, use_sample_covariance=False),
            "gaussian_sigma2": dict(gaussian_weights=True, sigma=2, use_sample_covariance=False),
            "uniform9": dict(win_size=9), "uniform9_popcov": dict(win_size=9, use_sample_covariance=False)}
    expected = {}
    for name, options in ways.items():
        value, full = structural_similarity(*grey, data_range=255, full=True, **options)
        expected[f"ssim_{name}"] = value
        expected[f"ssim_{name}_map_samples_row_col_value"] = [[r, c, full[r, c]] for r, c in ((0, 0), (3, 19), (9, 9))]
    yield "image_similarity", {"image1": grey[0], "image2": grey[1], "data_range": 255}, {}, expected

    colour = (first.astype(float), second.astype(float))
    mse = np.mean((colour[0] - colour[1]) ** 2)
    expected = {"mse": mse, "psnr_db": 10 * np.log10(255**2 / mse)}
    for name in ("gaussian_wang", "uniform9"):
        expected[f"ssim_{name}"] = structural_similarity(*colour, data_range=255, channel_axis=-1, **ways[name])
    yield ("image_similarity", {"image1_rows_cols_channels": first, "image2_rows_cols_channels": second, "data_range": 255}, {},
           expected)

    frames = [np.moveaxis(stack, -1, 0).astype(float) for stack in (first, second)]
    for method in ("gaussian_wang", "uniform9"):
        per_frame = [structural_similarity(a, b, data_range=255, **ways[method]) for a, b in zip(*frames)]
        yield ("video_similarity", {"frames1": frames[0], "frames2": frames[1], "data_range": 255}, {"ssim": method},
               {"per_frame": per_frame, "mean_over_frames": np.mean(per_frame),
                "psnr_db_from_pooled_mse": 10 * np.log10(255**2 / mse)})


random = np.random.default_rng(20260101)
write("comparisons", "DeLong contrasts and unpaired test, decision curve of calls, concordance", list(comparison_cases(random)))
write("images", "SSIM with parameters in the name, colour, video", list(image_cases(random)), tolerance={"abs": 1e-9, "rel": 1e-9})
