"""Distribution functions to 16 digits and power of the Obuchowski-Rockette test.

    python test/statistics/independent/make-tables.py

Python 3.11, mpmath at 40 digits for the distributions, SciPy for the non-central ones; writes `tables.json`.
"""
import json

import mpmath
from scipy import stats

from common import HERE, plain


def distribution_tables():
    mpmath.mp.dps = 40
    ibeta = lambda a, b, x: mpmath.betainc(a, b, 0, x, regularized=True)
    t_tail = lambda t, df: ibeta(mpmath.mpf(df) / 2, mpmath.mpf(1) / 2, df / (df + mpmath.mpf(t) ** 2)) / 2
    f_tail = lambda f, d1, d2: ibeta(mpmath.mpf(d2) / 2, mpmath.mpf(d1) / 2, d2 / (d2 + d1 * mpmath.mpf(f)))
    root = lambda function, start: float(mpmath.findroot(function, start, tol=1e-30, verify=False))
    tables = {
        "normalUpperTail": [[z, float(mpmath.erfc(mpmath.mpf(z) / mpmath.sqrt(2)) / 2)] for z in (-3, 0, 0.5, 1.96, 6, 12, 30)],
        "normalQuantile": [[p, root(lambda z: mpmath.log(mpmath.erfc(-z / mpmath.sqrt(2)) / 2) - mpmath.log(p), stats.norm.ppf(p))]
                           for p in (1e-200, 1e-12, 0.025, 0.5 - 1e-9, 0.7, 0.975, 0.9995)],
        "studentUpperTail": [[t, df, float(t_tail(t, df))] for t in (1e-5, 0.3, 2, 9, 60) for df in (1, 2.5, 15.07, 113, 5000)],
        "studentQuantile": [[p, df, root(lambda t: t_tail(t, df) - (1 - mpmath.mpf(p)), stats.t.ppf(p, df))]
                            for p in (0.6, 0.9, 0.975, 0.9995) for df in (1, 2.5, 15.07, 113, 5000)],
        "fUpperTail": [[f, d1, d2, float(f_tail(f, d1, d2))] for f in (0.01, 1, 4.46, 50) for d1, d2 in ((1, 15.26), (5, 18), (2, 0.5), (3, 400))],
        "fQuantile": [[p, d1, d2, root(lambda f: f_tail(f, d1, d2) - (1 - mpmath.mpf(p)), stats.f.ppf(p, d1, d2))]
                      for p in (0.025, 0.5, 0.95, 0.999) for d1, d2 in ((1, 15.26), (5, 18), (3, 400))],
        "chiSquareUpperTail": [[x, df, float(mpmath.gammainc(mpmath.mpf(df) / 2, mpmath.mpf(x) / 2, mpmath.inf, regularized=True))]
                               for x in (0.01, 3.84, 40, 300) for df in (1, 2, 10, 97)],
        "betaQuantile": [[p, a, b, root(lambda x: ibeta(a, b, x) - mpmath.mpf(p), stats.beta.ppf(p, a, b))]
                         for p in (0.025, 0.05, 0.975) for a, b in ((1, 29), (81, 183), (56, 15), (999, 2))],
        "binomialUpperTail": [[k, n, p, float(sum(mpmath.binomial(n, j) * mpmath.mpf(p) ** j * (1 - mpmath.mpf(p)) ** (n - j) for j in range(k, n + 1)))]
                              for k, n, p in ((0, 5, 0.3), (3, 5, 0.3), (60, 111, 0.4), (682, 925, 0.75), (111, 111, 0.4))],
        "noncentralFUpperTail": [[f, d1, d2, nc, stats.ncf.sf(f, d1, d2, nc)] for f in (0.5, 4.5, 20) for d1, d2, nc in ((1, 15.26, 8), (2, 30, 0.4), (1, 7, 120))],
    }
    return tables


def power_table():
    """Power of the OR test for a difference of 0.06, with components of a made-up pilot of 100 cases."""
    pilot = {"treatmentByReader": 0.0002, "error": 0.0008, "cov1": 0.00035, "cov2": 0.00034, "cov3": 0.00024, "cases": 100}
    rows = []
    for readers, cases in ((3, 60), (5, 114), (6, 111), (10, 300)):
        shrink = pilot["cases"] / cases
        shared = pilot["cov2"] - pilot["cov3"]
        both = pilot["treatmentByReader"] + shrink * (pilot["error"] - pilot["cov1"] + (readers - 1) * shared)
        interaction = pilot["treatmentByReader"] + shrink * (pilot["error"] - pilot["cov1"] - shared)
        noncentrality = readers * 0.06**2 / 2
        df = both**2 / (interaction**2 / (readers - 1))
        only_cases = shrink * (pilot["error"] - pilot["cov1"] + (readers - 1) * shared)
        rows.append({"reader_count": readers, "case_count": cases,
                     "readers-and-cases": stats.ncf.sf(stats.f.ppf(0.95, 1, df), 1, df, noncentrality / both),
                     "readers": stats.ncf.sf(stats.f.ppf(0.95, 1, readers - 1), 1, readers - 1, noncentrality / interaction),
                     "cases": stats.ncx2.sf(stats.chi2.ppf(0.95, 1), 1, noncentrality / only_cases)})
    return {"pilot": pilot, "effect": 0.06, "rows": rows}


(HERE / "tables.json").write_text(json.dumps(plain({"distributions": distribution_tables(), "power": power_table()})) + "\n")
