"""Records scipy, statsmodels and scikit-learn answers for src/stats.

Run with scikit-learn 1.5.2, scipy 1.17, statsmodels 0.15:
    python bench/peers/stats.py > test/reference/recorded/stats.json
"""

import json
import math
import sys

import numpy as np
import scipy
import sklearn
import statsmodels
import statsmodels.api as sm
from scipy import integrate, optimize, special, stats
from scipy.spatial import distance
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import roc_auc_score
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint, proportions_ztest

SEED = 20261123
rng = np.random.default_rng(SEED)
out = {
    "seed": SEED,
    "versions": {
        "python": sys.version.split()[0],
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
        "statsmodels": statsmodels.__version__,
    },
}


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, (np.integer, int)):
        return int(value)
    if isinstance(value, (np.floating, float)):
        return float(value) if math.isfinite(value) else None
    return value


# Distributions: [arguments, value]
out["normalCdf"] = [[z, stats.norm.cdf(z)] for z in [-37.0, -8.0, -1.96, -0.1, 0.0, 0.5, 3.0]]
out["normalQuantile"] = [[p, stats.norm.ppf(p)] for p in [1e-12, 0.001, 0.025, 0.5, 0.9, 0.999]]
out["tCdf"] = [[x, df, stats.t.cdf(x, df)] for x in [-40.0, -3.0, -0.5, 0.0, 1.2, 6.0] for df in [1, 2.5, 9, 49, 1000]]
out["tQuantile"] = [[p, df, stats.t.ppf(p, df)] for p in [0.005, 0.025, 0.4, 0.8, 0.975, 0.9995] for df in [1, 2.5, 9, 49, 1000]]
out["chiSquareUpperTail"] = [[x, df, stats.chi2.sf(x, df)] for x in [0.01, 1.0, 5.0, 40.0, 150.0, 900.0] for df in [1, 2, 7, 60]]
out["binomialCdf"] = [[k, n, p, stats.binom.cdf(k, n, p)] for k, n, p in [(0, 5, 0.2), (3, 10, 0.5), (45, 60, 0.7), (60, 60, 0.7)]]
out["binomialUpperTail"] = [[k, n, p, stats.binom.sf(k - 1, n, p)] for k, n, p in [(0, 5, 0.2), (9, 10, 0.1), (200, 300, 0.3), (61, 60, 0.7)]]

# One sample, pairs
skewed = rng.lognormal(0, 1, 41)
tied = rng.integers(0, 8, 60).astype(float)
other = tied * 0.5 + rng.normal(0, 2, 60)
weights = rng.uniform(0, 3, 60)
out["sample"] = {
    "values": skewed,
    "quantiles": [[q, np.quantile(skewed, q)] for q in [0, 0.01, 0.25, 0.5, 0.77, 0.975, 1]],
    "mean": skewed.mean(),
    "variance": skewed.var(ddof=1),
    "shiftedVariance": [1e9, (skewed.astype(np.longdouble) + np.longdouble(1e9)).var(ddof=1)],
}
out["pairs"] = {
    "x": tied,
    "y": other,
    "weights": weights,
    "ranks": stats.rankdata(tied),
    "pearson": stats.pearsonr(tied, other)[0],
    "spearman": stats.spearmanr(tied, other)[0],
    "weightedMean": np.average(other, weights=weights),
}


# AUC: definition of DeLong by the full matrix of comparisons, independent of any ranking trick
def psi_matrix(truth, scores):
    positive, negative = scores[truth == 1], scores[truth == 0]
    return (positive[:, None] > negative[None, :]) + 0.5 * (positive[:, None] == negative[None, :])


def delong(truth, scores):
    psi = psi_matrix(truth, scores)
    m, n = psi.shape
    return psi.mean(), psi.mean(axis=1).var(ddof=1) / m + psi.mean(axis=0).var(ddof=1) / n


out["auc"] = []
for size, levels in [(40, None), (200, 12), (300, 3), (25, 1)]:
    truth = (rng.uniform(size=size) < 0.35).astype(int)
    raw = rng.normal(size=size) + truth * 0.8
    rng.normal(size=size)  # drawn and not used: what is recorded after it stays the same
    scores = raw if levels is None else np.clip(np.floor((raw + 3) / 6 * levels), 0, levels - 1)
    weight = rng.uniform(0.1, 4, size)
    value, variance = delong(truth, scores)
    # scipy's asymptotic Mann-Whitney without continuity correction gives p; z follows with its sign
    p = stats.mannwhitneyu(scores[truth == 1], scores[truth == 0], method="asymptotic", use_continuity=False).pvalue
    z = 0.0 if np.isnan(p) or value == 0.5 else float(np.sign(value - 0.5) * stats.norm.isf(p / 2))
    out["auc"].append(
        {
            "truth": truth, "scores": scores, "weight": weight,
            "auc": roc_auc_score(truth, scores), "weighted": roc_auc_score(truth, scores, sample_weight=weight),
            "variance": variance, "z": z,
        }
    )

# Corrected resampled t, from its formula with scipy's t
folds = rng.normal(0.01, 0.02, 10)
ratio = 1 / 9
se = math.sqrt((1 / 10 + ratio) * folds.var(ddof=1))
out["correctedT"] = {
    "perFold": folds, "ratio": ratio, "level": 0.95, "mean": folds.mean(), "se": se, "t": folds.mean() / se,
    "p": 2 * stats.t.sf(abs(folds.mean() / se), 9), "interval": list(stats.t.interval(0.95, 9, folds.mean(), se)),
    "plain": {"t": stats.ttest_1samp(folds, 0).statistic, "p": stats.ttest_1samp(folds, 0).pvalue},
}

p_values = np.concatenate([rng.uniform(0, 0.02, 6), rng.uniform(0, 1, 14), [0.5, 0.5, 1.0]])
out["falseDiscovery"] = {"p": p_values, "q": multipletests(p_values, method="fdr_bh")[1]}
out["wilson"] = [
    [k, n, level, *proportion_confint(k, n, alpha=1 - level, method="wilson")]
    for k, n in [(0, 10), (10, 10), (3, 7), (480, 1000), (1, 5000)] for level in [0.9, 0.95, 0.99]
]

# BCa: scipy's own replicates go in, so that only the interval is compared
boot_sample = rng.exponential(1, 30)
result = stats.bootstrap((boot_sample,), np.mean, n_resamples=999, confidence_level=0.9, method="BCa", rng=np.random.default_rng(SEED))
percentile = stats.bootstrap((boot_sample,), np.mean, n_resamples=999, confidence_level=0.9, method="percentile", rng=np.random.default_rng(SEED))
out["bootstrap"] = {
    "sample": boot_sample, "level": 0.9, "replicates": result.bootstrap_distribution,
    "bca": list(result.confidence_interval), "percentile": list(percentile.confidence_interval),
}

# Two samples
a, b = rng.normal(0, 1, 80), rng.normal(0.4, 1.3, 120)
c, d = rng.integers(0, 6, 50).astype(float), rng.integers(1, 8, 70).astype(float)
out["twoSamples"] = [
    {
        "a": x, "b": y, "ks": stats.ks_2samp(x, y).statistic, "ksP": stats.ks_2samp(x, y, method="asymp").pvalue,
        "wasserstein": stats.wasserstein_distance(x, y),
    }
    for x, y in [(a, b), (c, d), (a[:5], b[:9])]
]
out["kolmogorov"] = [[x, special.kolmogorov(x)] for x in [0.0, 0.2, 0.5, 0.99, 1.0, 1.36, 2.5, 5.0]]
counts_p, counts_q = rng.integers(0, 30, 9), rng.integers(0, 12, 9)
out["jensenShannon"] = [
    {"a": counts_p, "b": counts_q, "distance": distance.jensenshannon(counts_p, counts_q, base=2)},
    {"a": [3, 0, 1], "b": [0, 5, 0], "distance": distance.jensenshannon([3, 0, 1], [0, 5, 0], base=2)},
    {"a": [3, 1], "b": [6, 2], "distance": distance.jensenshannon([3, 1], [6, 2], base=2)},
]
out["twoProportions"] = [[k1, n1, k2, n2, *proportions_ztest([k1, k2], [n1, n2])] for k1, n1, k2, n2 in [(30, 100, 45, 110), (1, 400, 9, 300)]]


# Tables
def cramers_v(table):
    n = table.sum()
    phi2 = stats.chi2_contingency(table, correction=False).statistic / n
    r, k = table.shape
    phi2 = max(0, phi2 - (k - 1) * (r - 1) / (n - 1))
    return math.sqrt(phi2 / min(r - (r - 1) ** 2 / (n - 1) - 1, k - (k - 1) ** 2 / (n - 1) - 1))


out["tables"] = []
for table in [np.array([[10, 20, 30], [6, 9, 17]]), np.array([[200, 3], [5, 90], [40, 41]]), rng.integers(1, 9, (5, 4))]:
    test = stats.chi2_contingency(table, correction=False)
    out["tables"].append(
        {
            "counts": table, "statistic": test.statistic, "df": test.dof, "p": test.pvalue, "cramersV": cramers_v(table),
            "entropy": stats.entropy(table.sum(axis=0)),
        }
    )

# Order of rows
for size in (70, 20):
    rng.integers(0, 2, size)  # drawn and not used: what is recorded after it stays the same
small_labels, small_values = [0, 1, 1, 2, 0, 0, 1], [3.0, 1.0, 4.0, 1.5, 9.0, 2.6, 5.0]


def every_order(values, statistic):
    from itertools import permutations

    found = np.array([statistic(np.array(order)) for order in permutations(values)])
    return {"values": values, "value": statistic(np.array(values)), "mean": found.mean(), "sd": found.std()}


def lag_one(x):
    x = x - x.mean()
    return (x[1:] * x[:-1]).sum() / (x * x).sum()


out["labelPersistence"] = every_order(small_labels, lambda x: (x[1:] == x[:-1]).mean())
out["autocorrelation"] = every_order(small_values, lag_one)

# Curves
x = np.round(rng.uniform(0, 1, 80), 2)
y = (rng.uniform(size=80) < x).astype(float)
w = rng.uniform(0.2, 3, 80)
grid = np.linspace(-0.1, 1.1, 49)
out["isotonic"] = {
    "x": x, "y": y, "weight": w, "grid": grid,
    "plain": IsotonicRegression(out_of_bounds="clip").fit(x, y).predict(grid),
    "weighted": IsotonicRegression(out_of_bounds="clip").fit(x, y, sample_weight=w).predict(grid),
}
out["platt"] = []
for scores, weight in [(3 * x - 1, np.ones(80)), (1000 * x, np.ones(80)), (x, w)]:
    positives, negatives = weight[y == 1].sum(), weight[y == 0].sum()
    target = np.where(y == 1, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    fit = sm.GLM(target, sm.add_constant(scores), family=sm.families.Binomial(), freq_weights=weight).fit(tol=1e-14, maxiter=200)
    out["platt"].append({"truth": y, "scores": scores, "weight": weight, "intercept": fit.params[0], "slope": fit.params[1]})

# What follows draws from its own generator, so that it moves nothing above
rng = np.random.default_rng(SEED + 1)
square = rng.normal(size=(5, 5)) + 2 * np.eye(5)
out["inverse"] = {"matrix": square, "inverse": np.linalg.inv(square)}

effects, variances = rng.normal(0.3, 0.4, 8), rng.uniform(0.02, 0.3, 8)
fixed = combine_effects(effects, variances)
out["cochranQ"] = {"effects": effects, "variances": variances, "common": fixed.mean_effect_fe, "q": fixed.q, "p": stats.chi2.sf(fixed.q, 7)}

out["expectedMaximum"] = [
    [n, integrate.quad(lambda x, n=n: n * x * stats.norm.pdf(x) * stats.norm.cdf(x) ** (n - 1), -12, 12, epsabs=1e-10, limit=500)[0]]
    for n in [1, 2, 3, 5, 10, 100, 1000, 100000]
]
out["equalCounts"] = [
    [rows, k, stats.multinomial.pmf([rows // k] * k, rows, [1 / k] * k)] for rows, k in [(40, 2), (2000, 2), (300, 3), (1000, 10)]
]

# Share of the variance of y that the best linear combination leaves
parts = rng.normal(size=(60, 3))
noisy = parts @ [1.5, -2.0, 0.7] + 4 + 0.01 * rng.normal(size=60)
design = np.column_stack([np.ones(60), parts])
left = noisy - design @ np.linalg.lstsq(design, noisy, rcond=None)[0]
out["exactLinear"] = {"columns": parts.T, "y": noisy, "left": (left**2).sum() / ((noisy - noisy.mean()) ** 2).sum()}

heavy = stats.pareto(2.5).rvs(400, random_state=rng)
lomax = stats.lomax(1.5).rvs(300, random_state=rng)
out["paretoTail"] = [
    {"values": values, "q80": np.quantile(values, 0.8), "q95": np.quantile(values, 0.95)} for values in [heavy, lomax]
]


def truncated_fit(counts):
    """Zeros by the largest likelihood of a negative binomial without zeros, over log shape and log mean."""
    values, often = np.unique(counts, return_counts=True)

    def law(at):
        shape, mean = np.exp(at)
        return stats.nbinom(shape, shape / (shape + mean))

    def loss(at):
        fitted = law(at)
        return -(often * (fitted.logpmf(values) - np.log1p(-fitted.pmf(0)))).sum()

    best = min((optimize.minimize(loss, [s, np.log(counts.mean())], method="Nelder-Mead", options={"maxiter": 4000}) for s in (-1, 1, 3)), key=lambda fit: fit.fun)
    none = law(best.x).pmf(0)
    return {"values": values, "often": often, "zeros": often.sum() * none / (1 - none)}


out["zeroTruncated"] = [
    truncated_fit(drawn[drawn > 0])
    for drawn in [
        stats.nbinom(2.0, 2.0 / 5.0).rvs(4000, random_state=rng),
        stats.nbinom(0.8, 0.8 / 4.8).rvs(4000, random_state=rng),
        stats.poisson(1.5).rvs(4000, random_state=rng),
    ]
]

json.dump(plain(out), sys.stdout)
sys.stdout.write("\n")
