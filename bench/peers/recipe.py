"""Records scikit-learn's answers for the steps of src/recipe.

Run with scikit-learn 1.5.2:
    python bench/peers/recipe.py > test/reference/recorded/recipe.json

TargetEncoder with a number for `smooth` is the m-estimate of src/recipe/steps/encode-target-mean.ts (m = 10); it takes a missing value as a
level of its own, as we do. OrdinalEncoder counts "infrequent" among max_categories, as we do; the code itself differs (we put "other" last,
unseen levels with it), so the test compares which levels are together. Rows without a level are left out there, because scikit-learn would
rank missing with the levels.
"""

import json
import sys

import numpy as np
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import OrdinalEncoder, StandardScaler, TargetEncoder

SEED = 20261125
rng = np.random.default_rng(SEED)
ROWS = 200

number = np.round(rng.lognormal(1.0, 1.5, ROWS), 3)
number[rng.random(ROWS) < 0.15] = np.nan
repeated = rng.integers(-3, 4, ROWS).astype(float)
repeated[rng.random(ROWS) < 0.1] = np.nan
large = 1e9 + rng.normal(0, 0.01, ROWS)
constant = np.full(ROWS, 0.1)
level = rng.choice(["a", "b", "c", "d", "e", "f"], ROWS, p=[0.4, 0.3, 0.2, 0.06, 0.03, 0.01]).astype(object)
level[rng.random(ROWS) < 0.1] = None
binary = rng.integers(0, 2, ROWS)
multiclass = rng.integers(0, 3, ROWS)
value = np.round(rng.normal(10, 4, ROWS), 3)


def plain(array):
    return [None if (isinstance(x, float) and np.isnan(x)) else x for x in np.asarray(array).ravel().tolist()]


def column(values):
    return np.asarray(values).reshape(-1, 1)


def means(target, kind):
    encoder = TargetEncoder(smooth=10.0, target_type=kind).fit(column(level), target)
    seen = encoder.transform(column(level))
    unseen = encoder.transform(column(np.array(["never"], dtype=object)))
    return {"training": seen.T.tolist(), "unseen": unseen.ravel().tolist()}


def groups(**options):
    present = column(level[level != None])  # noqa: E711 (elementwise)
    return plain(OrdinalEncoder(**options).fit_transform(present).ravel())


out = {
    "seed": SEED,
    "versions": {"python": sys.version.split()[0], "numpy": np.__version__, "scikit-learn": sklearn.__version__},
    "columns": {
        "number": plain(number),
        "repeated": plain(repeated),
        "large": plain(large),
        "constant": plain(constant),
        "level": level.tolist(),
    },
    "targets": {"binary": binary.tolist(), "multiclass": multiclass.tolist(), "value": value.tolist()},
    "impute": {
        strategy: {
            name: SimpleImputer(strategy=strategy.replace("-", "_")).fit(column(values)).statistics_[0]
            for name, values in {"number": number, "repeated": repeated}.items()
        }
        for strategy in ["median", "mean", "most-frequent"]
    },
    "scale": {
        name: plain(StandardScaler().fit_transform(column(values)))
        for name, values in {"number": number, "repeated": repeated, "large": large, "constant": constant}.items()
    },
    "targetMean": {
        "binary": means(binary, "binary"),
        "multiclass": means(multiclass, "multiclass"),
        "value": means(value, "continuous"),
    },
    "groups": [
        {"minCount": 1, "maxLevels": 100, "codes": groups()},
        {"minCount": 10, "maxLevels": 100, "codes": groups(min_frequency=10)},
        {"minCount": 1, "maxLevels": 3, "codes": groups(max_categories=3)},
        {"minCount": 10, "maxLevels": 4, "codes": groups(min_frequency=10, max_categories=4)},
    ],
}
json.dump(out, sys.stdout, indent=1)
print()
