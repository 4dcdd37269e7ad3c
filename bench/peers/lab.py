"""Records scipy's Welch test for src/lab/compare.ts.

Run with scipy 1.17:
    python bench/peers/lab.py > test/reference/recorded/lab.json
"""

import json

import numpy as np
import scipy
from scipy import stats

SEED = 20261123
rng = np.random.default_rng(SEED)

cases = []
for a_folds, b_folds, shift in [(5, 5, 0.0), (5, 10, 0.02), (3, 8, 0.3), (10, 2, -0.05)]:
    a = rng.normal(0.7, 0.03, a_folds)
    b = rng.normal(0.7 + shift, 0.06, b_folds)
    test = stats.ttest_ind(b, a, equal_var=False)
    low, high = test.confidence_interval(0.95)
    cases.append(
        {
            "a": a.tolist(),
            "b": b.tolist(),
            "df": float(test.df),
            "p": float(test.pvalue),
            "low": float(low),
            "high": float(high),
        }
    )

print(json.dumps({"seed": SEED, "versions": {"numpy": np.__version__, "scipy": scipy.__version__}, "welch": cases}, indent=1))
