"""Records what scikit-learn and LightGBM make of small seeded data sets, for test/engine.

Run: python bench/peers/engine.py test/reference/recorded   (scikit-learn 1.5.2, lightgbm 4.7.0, numpy)
Writes engine-linear.json (coefficients) and engine-trees.json (data and held-out scores).
"""

import json
import sys
from pathlib import Path

import lightgbm
import numpy as np
import sklearn
from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor, HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import log_loss, mean_absolute_error, mean_pinball_loss, mean_poisson_deviance, roc_auc_score

VERSIONS = {"sklearn": sklearn.__version__, "lightgbm": lightgbm.__version__, "numpy": np.__version__}
SEED = 20261123


def linear_cases():
    rng = np.random.default_rng(SEED)
    cases = []
    scale = np.array([1.0, 0.01, 50.0, 3.0, 1.0])
    shift = np.array([0.0, 1.0, 1000.0, -5.0, 0.0])
    for name, rows, classes, l2, weighted in [
        ("binary", 120, 2, 1.0, False),
        ("binary weighted, weak penalty", 120, 2, 0.01, True),
        ("three classes", 150, 3, 1.0, False),
        ("three classes weighted", 150, 3, 5.0, True),
    ]:
        x = np.round(rng.normal(size=(rows, 5)) * scale + shift, 3)
        z = (x - shift) / scale
        scores = z @ rng.normal(size=(5, classes)) + rng.gumbel(size=(rows, classes)) * 1.5
        y = scores.argmax(axis=1)
        weight = np.round(rng.uniform(0.2, 3, rows), 3) if weighted else None
        model = LogisticRegression(C=1 / l2, solver="newton-cholesky" if classes == 2 else "newton-cg", tol=1e-14, max_iter=10_000)
        model.fit(x, y, sample_weight=weight)
        cases.append(
            dict(name=name, kind="logistic", classes=classes, l2=l2, x=x.tolist(), y=y.tolist(), weight=None if weight is None else weight.tolist(),
                 coefficients=model.coef_.tolist(), intercepts=model.intercept_.tolist(), predictions=model.predict_proba(x[:5]).tolist())
        )
    for name, rows, columns, l2, weighted in [
        ("ridge", 60, 5, 1.0, False),
        ("ridge weighted", 60, 5, 10.0, True),
        ("ridge, more features than rows", 15, 30, 0.5, False),
        ("ridge, more features than rows, weighted", 15, 30, 0.5, True),
    ]:
        x = np.round(rng.normal(size=(rows, columns)) * rng.uniform(0.1, 10, columns) + rng.normal(size=columns) * 5, 3)
        y = np.round(x @ rng.normal(size=columns) * 0.3 + rng.normal(size=rows) + 100, 3)
        weight = np.round(rng.uniform(0.2, 3, rows), 3) if weighted else None
        model = Ridge(alpha=l2, solver="svd" if weight is None else "cholesky").fit(x, y, sample_weight=weight)
        cases.append(
            dict(name=name, kind="ridge", classes=0, l2=l2, x=x.tolist(), y=y.tolist(), weight=None if weight is None else weight.tolist(),
                 coefficients=[model.coef_.tolist()], intercepts=[float(model.intercept_)], predictions=model.predict(x[:5]).tolist())
        )
    return cases


ROWS, TRAIN = 4000, 2000


def tree_data():
    """Six numeric columns (two with missing), a category of 3 levels and one of 14 with 2 % missing."""
    rng = np.random.default_rng(SEED + 1)
    x = np.round(rng.normal(size=(ROWS, 6)), 3)
    few = rng.integers(0, 3, ROWS)
    many = rng.choice(14, ROWS, p=np.arange(14, 0, -1) / np.arange(14, 0, -1).sum())
    effect = rng.normal(size=14)
    signal = 1.2 * x[:, 0] + x[:, 1] * x[:, 2] + np.sin(2 * x[:, 3]) + effect[many] + np.array([-0.5, 0.0, 0.7])[few]
    missing = rng.uniform(size=ROWS) < 1 / (1 + np.exp(2 - 2 * x[:, 1]))
    x[missing, 1] = np.nan
    x[rng.uniform(size=ROWS) < 0.1, 4] = np.nan
    many = np.where(rng.uniform(size=ROWS) < 0.02, -1, many)
    targets = {
        "binary": (rng.uniform(size=ROWS) < 1 / (1 + np.exp(-signal))).astype(int),
        "classes": np.digitize(signal + rng.logistic(size=ROWS) * 0.7, [-1.2, 0.2, 1.5]),
        "value": np.round(signal * 10 + rng.standard_t(4, ROWS) * 5, 2),
        "count": rng.poisson(np.exp(signal / 2)),
    }
    return x, few, many, targets


TASKS = [
    ("logistic", "binary", dict(objective="binary")),
    ("softmax", "classes", dict(objective="multiclass", num_class=4)),
    ("squared", "value", dict(objective="regression")),
    ("absolute", "value", dict(objective="regression_l1")),
    ("quantile", "value", dict(objective="quantile", alpha=0.9)),
    ("huber", "value", dict(objective="huber", alpha=10.0)),
    ("poisson", "count", dict(objective="poisson")),
]


def scores(loss, truth, output):
    if loss == "logistic":
        return {"log-loss": log_loss(truth, output), "auc": roc_auc_score(truth, output)}
    if loss == "softmax":
        return {"log-loss": log_loss(truth, output, labels=np.arange(4))}
    if loss == "poisson":
        return {"deviance": mean_poisson_deviance(truth, np.maximum(output, 1e-9))}
    if loss == "quantile":
        return {"pinball": mean_pinball_loss(truth, output, alpha=0.9)}
    if loss in ("absolute", "huber"):
        return {"mae": mean_absolute_error(truth, output)}
    return {"rmse": float(np.sqrt(np.mean((truth - output) ** 2)))}


BINS = [127, 150, 175, 200, 225, 255]


def lightgbm_scores(loss, objective, table, y, bins):
    params = dict(num_leaves=15, min_data_in_leaf=20, learning_rate=0.1, max_bin=bins, num_threads=1, deterministic=True, force_row_wise=True,
                  verbose=-1, seed=SEED, **objective)
    data = lightgbm.Dataset(table[:TRAIN], y[:TRAIN], categorical_feature=[6, 7], params=dict(max_bin=bins, verbose=-1))
    return scores(loss, y[TRAIN:], lightgbm.train(params, data, 80).predict(table[TRAIN:]))


def forest_scores(x, few, many, targets):
    """The forests of scikit-learn take no missing and no categories: numeric columns only, missing as -9."""
    filled = np.where(np.isnan(x), -9, x)
    out = {}
    for name, target, forest, extra in [
        ("logistic", "binary", RandomForestClassifier, ExtraTreesClassifier),
        ("softmax", "classes", RandomForestClassifier, ExtraTreesClassifier),
        ("squared", "value", RandomForestRegressor, ExtraTreesRegressor),
    ]:
        y = targets[target]
        for kind, family in [("forest", forest), ("extra-trees", extra)]:
            share = "sqrt" if name != "squared" else 1 / 3
            model = family(n_estimators=60, min_samples_leaf=3, max_features=share, random_state=SEED).fit(filled[:TRAIN], y[:TRAIN])
            output = model.predict(filled[TRAIN:]) if name == "squared" else model.predict_proba(filled[TRAIN:])
            if name == "logistic":
                output = output[:, 1]
            out[f"{kind} {name}"] = scores(name, y[TRAIN:], output)
    return out


def hist_scores(x, few, many, targets):
    table = np.column_stack([x, few, np.where(many < 0, np.nan, many)])
    common = dict(max_iter=80, min_samples_leaf=20, early_stopping=False, categorical_features=[6, 7], random_state=SEED)
    out = {}
    for loss, target, family in [("logistic", "binary", HistGradientBoostingClassifier), ("softmax", "classes", HistGradientBoostingClassifier),
                                 ("squared", "value", HistGradientBoostingRegressor)]:
        y = targets[target]
        model = family(max_leaf_nodes=15, **common).fit(table[:TRAIN], y[:TRAIN])
        output = model.predict(table[TRAIN:]) if loss == "squared" else model.predict_proba(table[TRAIN:])
        out[loss] = scores(loss, y[TRAIN:], output[:, 1] if loss == "logistic" else output)
    return out


def tree_cases():
    x, few, many, targets = tree_data()
    table = np.column_stack([x, few, many.astype(float)])
    lgb = {}
    for loss, target, objective in TASKS:
        y = targets[target]
        # Scores with slightly different bins show how much chance there is in one score.
        runs = []
        for bins in BINS:
            runs.append(lightgbm_scores(loss, objective, table, y, bins))
        lgb[loss] = {measure: [run[measure] for run in runs] for measure in runs[0]}
    return {
        "train": TRAIN,
        "numeric": [[None if np.isnan(v) else v for v in column] for column in x.T.tolist()],
        "categorical": [{"levels": 3, "codes": few.tolist()}, {"levels": 14, "codes": many.tolist()}],
        "targets": {name: y.tolist() for name, y in targets.items()},
        "options": {"numLeaves": 15, "minDataInLeaf": 20, "learningRate": 0.1, "numIterations": 80},
        "bins": BINS,
        "lightgbm": lgb,
        "histGradientBoosting": hist_scores(x, few, many, targets),
        "forests": forest_scores(x, few, many, targets),
    }


def main(folder):
    Path(folder).mkdir(parents=True, exist_ok=True)
    head = {"versions": VERSIONS, "seed": SEED}
    for name, body in [("engine-linear", {"cases": linear_cases()}), ("engine-trees", tree_cases())]:
        Path(folder, f"{name}.json").write_text(json.dumps({**head, **body}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
