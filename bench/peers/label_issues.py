"""Records which labels cleanlab takes for errors, for src/data/labels/confident-learning.ts.

Run with cleanlab 2.9, numpy and scikit-learn:
    python bench/peers/label_issues.py > test/reference/recorded/label-issues.json
"""

import json
import sys

import cleanlab
import numpy as np
import sklearn
from cleanlab.filter import find_label_issues
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

SEED = 20261126
rng = np.random.default_rng(SEED)


def case(classes, rows, separation, rate, weights=None):
    x, y = make_classification(
        n_samples=rows,
        n_features=8,
        n_informative=6,
        n_redundant=0,
        n_classes=classes,
        n_clusters_per_class=1,
        class_sep=separation,
        flip_y=0,
        weights=weights,
        random_state=SEED,
    )
    flipped = rng.random(rows) < rate
    labels = np.where(flipped, (y + rng.integers(1, classes, rows)) % classes, y)
    model = LogisticRegression(max_iter=1000)
    probabilities = np.round(cross_val_predict(model, x, labels, cv=5, method="predict_proba"), 6)
    ranked = find_label_issues(
        labels, probabilities, filter_by="confident_learning", return_indices_ranked_by="normalized_margin"
    )
    return {
        "classes": classes,
        "labels": labels.tolist(),
        "probabilities": probabilities.ravel().tolist(),
        "flipped": np.flatnonzero(flipped).tolist(),
        "issues": ranked.tolist(),
    }


out = {
    "seed": SEED,
    "versions": {
        "python": sys.version.split()[0],
        "numpy": np.__version__,
        "scikit-learn": sklearn.__version__,
        "cleanlab": cleanlab.__version__,
    },
    "cases": [
        case(2, 250, 2.0, 0.05),
        case(2, 250, 0.7, 0.08, [0.8, 0.2]),
        case(4, 300, 2.0, 0.06),
        case(6, 300, 1.2, 0.03),
    ],
}
json.dump(out, sys.stdout)
