"""Records SHAP values of the shap package into test/reference/recorded/shap.json.

pip install shap lightgbm scikit-learn; python bench/peers/shap_values.py
Path-dependent values of LightGBM models are LightGBM's own (pred_contrib), as shap takes them; interaction values, interventional values and
those of the forest come from shap's C extension.
"""

import json
from pathlib import Path

import lightgbm
import numpy as np
import shap
import sklearn
from sklearn.ensemble import RandomForestClassifier

SEED = 7
OUT = Path(__file__).parents[2] / "test" / "reference" / "recorded" / "shap.json"


def listed(values):
    return [[None if isinstance(v, float) and np.isnan(v) else v for v in row] for row in np.asarray(values, dtype=float).tolist()]


def numeric_rows(rng, rows, features, missing):
    x = np.round(rng.normal(size=(rows, features)), 3).astype(np.float32).astype(np.float64)
    x[rng.random(x.shape) < missing] = np.nan
    return x


def boosted(rng):
    """Binary, numbers with missing ones."""
    x = numeric_rows(rng, 400, 5, 0.1)
    filled = np.nan_to_num(x)
    y = (filled[:, 0] + filled[:, 1] * filled[:, 2] + 0.3 * np.isnan(x[:, 3]) + 0.3 * rng.normal(size=400) > 0).astype(int)
    options = {"objective": "binary", "num_leaves": 8, "min_data_in_leaf": 5, "learning_rate": 0.3, "verbose": -1, "num_threads": 1, "seed": SEED}
    model = lightgbm.train(options, lightgbm.Dataset(x, y), 12)
    rows, background = x[:12], x[100:130]
    path = shap.TreeExplainer(model, feature_perturbation="tree_path_dependent")
    intervened = shap.TreeExplainer(model, data=background, feature_perturbation="interventional", model_output="raw")
    return {
        "model": model.model_to_string(),
        "rows": listed(rows),
        "background": listed(background),
        "contributions": listed(model.predict(rows, pred_contrib=True)),
        "interactions": [listed(one) for one in path.shap_interaction_values(rows)],
        "interventional": listed(intervened.shap_values(rows)),
        "expected": float(np.ravel(intervened.expected_value)[0]),
    }


def classes(rng):
    """Three classes, two categorical features (columns 2 and 3)."""
    numbers = numeric_rows(rng, 500, 2, 0.1)
    codes = np.stack([rng.integers(0, 6, 500), rng.integers(0, 40, 500)], axis=1).astype(float)
    x = np.concatenate([numbers, codes], axis=1)
    score = np.nan_to_num(numbers[:, 0]) + np.isin(codes[:, 0], [1, 4]) - (codes[:, 1] % 3 == 0) + 0.3 * rng.normal(size=500)
    y = np.digitize(score, [-0.4, 0.5])
    options = {"objective": "multiclass", "num_class": 3, "num_leaves": 7, "min_data_in_leaf": 5, "min_data_per_group": 5, "cat_smooth": 1, "learning_rate": 0.3}
    options |= {"verbose": -1, "num_threads": 1, "seed": SEED}
    model = lightgbm.train(options, lightgbm.Dataset(x, y, categorical_feature=[2, 3]), 5)
    return {"model": model.model_to_string(), "rows": listed(x[:12]), "contributions": listed(model.predict(x[:12], pred_contrib=True))}


def forest(rng):
    """Leaves of three shares. scikit-learn compares 32-bit numbers."""
    x = numeric_rows(rng, 300, 4, 0)
    y = np.digitize(x[:, 0] + x[:, 1] * x[:, 2], [-0.5, 0.5])
    model = RandomForestClassifier(4, max_depth=4, random_state=SEED).fit(x, y)
    trees = []
    for tree in (one.tree_ for one in model.estimators_):
        shares = tree.value[:, 0, :] / tree.value[:, 0, :].sum(axis=1, keepdims=True)
        arrays = {"left": tree.children_left, "right": tree.children_right, "feature": tree.feature, "threshold": tree.threshold}
        arrays |= {"cover": tree.weighted_n_node_samples, "values": shares}
        trees.append({name: array.tolist() for name, array in arrays.items()})
    rows, background = x[:10], x[50:80]
    path = shap.TreeExplainer(model, feature_perturbation="tree_path_dependent")
    intervened = shap.TreeExplainer(model, data=background, feature_perturbation="interventional", model_output="raw")
    return {
        "trees": trees,
        "rows": listed(rows),
        "background": listed(background),
        "path": np.asarray(path.shap_values(rows)).tolist(),
        "interventional": np.asarray(intervened.shap_values(rows)).tolist(),
    }


versions = {"shap": shap.__version__, "lightgbm": lightgbm.__version__, "scikit-learn": sklearn.__version__, "numpy": np.__version__}
rng = np.random.default_rng(SEED)
OUT.write_text(json.dumps({"versions": versions, "seed": SEED, "boosted": boosted(rng), "classes": classes(rng), "forest": forest(rng)}))
