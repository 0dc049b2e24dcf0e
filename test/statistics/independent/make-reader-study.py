"""A reader study of three treatments and three readers, complete and with missing readings.

    python test/statistics/independent/make-reader-study.py

Python 3.11, NumPy, SciPy, scikit-learn; writes `cases/reader_study.json`. Moments and covariances are brute force over
all pairs of cases, so that no formula is shared with the code that is tested.
"""
import itertools

import numpy as np
from scipy import stats
from sklearn.metrics import roc_auc_score

from common import success, write


def area(truth, row):
    read = ~np.isnan(row)
    return roc_auc_score(truth[read], row[read])


def jackknife(truth, cells):
    left_out = np.array([[area(np.delete(truth, c), np.delete(row, c)) for row in cells] for c in range(len(truth))])
    return np.cov(left_out.T, ddof=0) * (len(truth) - 1)


def unbiased(truth, cells):
    """Cov of two areas = E(product) − product of expectations, the latter over pairs that share no case."""
    pairs = [(p, n) for p in np.flatnonzero(truth == 1) for n in np.flatnonzero(truth == 0)]

    def one(a, b):
        seen_a = [(p, n) for p, n in pairs if not np.isnan(a[p] + a[n])]
        seen_b = [(p, n) for p, n in pairs if not np.isnan(b[p] + b[n])]
        apart = [success(a[p], a[n]) * success(b[q], b[m]) for p, n in seen_a for q, m in seen_b if p != q and n != m]
        return area(truth, a) * area(truth, b) - np.mean(apart)

    return np.array([[one(a, b) for b in cells] for a in cells])


def obuchowski_rockette(estimates, covariance, level=0.95):
    t, r = estimates.shape
    blocks = covariance.reshape(t, r, t, r)
    same_t, same_r = np.eye(t, dtype=bool)[:, None, :, None], np.eye(r, dtype=bool)[None, :, None, :]
    average = lambda mask: blocks[np.broadcast_to(mask, blocks.shape)].mean()
    error, cov1, cov2, cov3 = (average(same_t & same_r), average(~same_t & same_r), average(same_t & ~same_r),
                               average(~same_t & ~same_r))
    grand = estimates.mean()
    rows, columns = estimates.mean(1, keepdims=True), estimates.mean(0, keepdims=True)
    ms_t = r * ((rows - grand) ** 2).sum() / (t - 1)
    ms_tr = ((estimates - rows - columns + grand) ** 2).sum() / ((t - 1) * (r - 1))
    denominator = ms_tr + r * max(cov2 - cov3, 0)
    df = denominator**2 / (ms_tr**2 / ((t - 1) * (r - 1)))
    se = np.sqrt(2 / r * denominator)
    differences = []
    for i, j in itertools.combinations(range(t), 2):
        value = rows[i, 0] - rows[j, 0]
        half = stats.t.ppf((1 + level) / 2, df) * se
        differences.append({"Estimate": value, "StdErr": se, "df": df, "t": value / se, "p-value": 2 * stats.t.sf(abs(value / se), df),
                            "CI_lower": value - half, "CI_upper": value + half})
    return {"variance_components": {"Error": error, "Cov1": cov1, "Cov2": cov2, "Cov3": cov3},
            "mean_squares": {"T": ms_t, "T:R": ms_tr},
            "global_test": {"Denominator": denominator, "F": ms_t / denominator, "df1": t - 1, "df2": df,
                            "p-value": stats.f.sf(ms_t / denominator, t - 1, df)},
            "pairwise_differences": differences}


def bdg_moments(truth, first, second):
    """M1 … M8 by definition: the mean of products of successes over the index sets that each moment names."""
    positives, negatives = np.flatnonzero(truth == 1), np.flatnonzero(truth == 0)
    sums = np.zeros((2, 8))
    total = np.zeros(2)
    for (i, a), (j, b) in itertools.product(enumerate(first), enumerate(second)):
        for p, n, q, m in itertools.product(positives, negatives, positives, negatives):
            if np.isnan(a[p] + a[n] + b[q] + b[m]):
                continue
            product = success(a[p], a[n]) * success(b[q], b[m])
            kind = (0 if i == j else 4) + (0 if p == q and n == m else 1 if p == q else 2 if n == m else 3)
            sums[:, kind] += product, 1
            total += product, 1
    moments = sums[0] / sums[1]
    coefficients = sums[1] / total[1]
    coefficients[7] -= 1
    return moments, coefficients


def reader_study_cases(truth, ratings):
    flat = ratings.reshape(-1, len(truth))
    missing = [[t, r, c] for t in range(3) for r in range(3) for c in range(len(truth)) if (5 * t + 3 * r + 2 * c) % 11 == 0]
    holes = ratings.copy()
    for t, r, c in missing:
        holes[t, r, c] = np.nan
    named = {"dataset": "three_by_three"}
    for inputs, values in ((named, ratings), ({**named, "missing_treatment_reader_case": missing}, holes)):
        cells = values.reshape(-1, len(truth))
        estimates = np.array([area(truth, row) for row in cells]).reshape(3, 3)
        for method, estimator in (("jackknife", jackknife), ("unbiased", unbiased)):
            options = {"readers": "random", "cases": "random", "covariance": method, "conf_level": 0.9}
            yield "or_analysis", inputs, options, obuchowski_rockette(estimates, estimator(truth, cells), 0.9)
        rows, comp, coeff = [], [], []
        for t, u in [(0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2)]:
            moments, coefficients = bdg_moments(truth, values[t], values[u])
            label = {"modalityID.1": f"m{t + 1}", "modalityID.2": f"m{u + 1}"}
            comp.append({**label, **{f"M{k + 1}": value for k, value in enumerate(moments)}})
            coeff.append({**label, **{f"M{k + 1}": value for k, value in enumerate(coefficients)}})
            rows.append(moments @ coefficients)
        ustat = [{"varAUCA": rows[k]} for k in range(3)]
        for k, (t, u) in enumerate([(0, 1), (0, 2), (1, 2)]):
            ustat.append({"varAUCAminusAUCB": rows[t] + rows[u] - 2 * rows[3 + k]})
        yield "u_statistic_mrmc", inputs, {}, {"ustat": ustat, "variance_decomposition": {"BDG": {"Ustat": {"comp": comp, "coeff": coeff}}}}

    chosen = obuchowski_rockette(np.array([area(truth, row) for row in flat]).reshape(3, 3)[[0, 2]],
                                 jackknife(truth, flat[[0, 1, 2, 6, 7, 8]]))["pairwise_differences"][0]
    se, df, difference = chosen["StdErr"], chosen["df"], -chosen["Estimate"]
    t = (difference + 0.05) / se
    yield ("or_noninferiority", {**named, "treatments": [1, 3], "margin": 0.05}, {"covariance": "jackknife"},
           {"difference_2_minus_1": difference, "se": se, "df": df, "one_sided_lower_97_5": difference - stats.t.ppf(0.975, df) * se,
            "t": t, "p_one_sided": stats.t.sf(t, df)})


random = np.random.default_rng(20260102)
truth = np.array([1] * 9 + [0] * 8)
skill = np.array([1.6, 1.1, 0.9])[:, None, None]
ratings = np.round(random.normal(0, 1, (3, 3, 17)) + random.normal(0, 0.7, 17) + skill * truth, 1)
write("reader_study", "Three treatments, three readers, with and without missing readings, by brute force",
      list(reader_study_cases(truth, ratings)), {"dataset": "three_by_three", "truth": truth, "ratings": ratings})
