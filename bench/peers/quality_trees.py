"""Scores of LightGBM with its default options on real tables: five folds, fixed by a seed and written down. Run once:

    python bench/peers/quality_trees.py FOLDER test/reference/recorded/quality-trees.json

Tables, targets and dropped columns stand in bench/quality/trees-tables.json, which bench/quality/trees.ts reads in the same way: cells are
trimmed; levels are numbered in the order of their code points; what is no number in a numeric column is missing. Folds are random, also
where rows lie in time (electricity) or share a person (parkinsons): the question is the engine, not the model.
"""
import csv
import json
import sys
from pathlib import Path

import lightgbm
import numpy as np
import sklearn
from sklearn.metrics import log_loss, roc_auc_score, root_mean_squared_error
from sklearn.model_selection import KFold, StratifiedKFold

SEED = 20261125
FOLDS = 5


def cells(folder, spec):
    rows = list(csv.reader(Path(folder, spec["file"]).read_text(encoding="utf-8-sig").splitlines()))
    if spec.get("nested"):
        rows = [next(csv.reader(row)) for row in rows]
    rows = [[cell.strip() for cell in row] for row in rows if row]
    names = rows.pop(0) if spec["header"] else [str(i) for i in range(len(rows[0]))]
    return names, rows


def number(text):
    try:
        return float(text)
    except ValueError:
        return np.nan


def columns(spec, names, rows):
    """Matrix, places of categories, target."""
    out, categories = [], []
    for place, name in enumerate(names):
        values = [row[place] for row in rows]
        if name == spec["target"]:
            merge = spec.get("merge", {})
            target = [merge.get(value, value) for value in values]
        elif name not in spec["drop"]:
            if spec["categorical"] == "all" or name in spec["categorical"]:
                levels = {level: code for code, level in enumerate(sorted(set(values) - set(spec["missing"])))}
                categories.append(len(out))
                out.append([levels.get(value, np.nan) for value in values])
            else:
                out.append([np.nan if value in spec["missing"] else number(value) for value in values])
    if spec["task"] == "regression":
        y = np.array([float(value) for value in target])
    elif spec["task"] == "binary":
        y = np.array([int(value == spec["positive"]) for value in target])
    else:
        levels = sorted(set(target))
        y = np.array([levels.index(value) for value in target])
    return np.array(out).T, categories, y


OBJECTIVES = {"binary": "binary", "multiclass": "multiclass", "regression": "regression"}


def scores(spec, truth, output):
    if spec["task"] == "regression":
        return {"rmse": root_mean_squared_error(truth, output)}
    if spec["task"] == "multiclass":
        return {"log-loss": log_loss(truth, output, labels=np.arange(output.shape[1]))}
    return {"log-loss": log_loss(truth, output), "auc": roc_auc_score(truth, output)}


def evaluate(folder, spec):
    x, categories, y = columns(spec, *cells(folder, spec))
    splitter = KFold if spec["task"] == "regression" else StratifiedKFold
    fold = np.zeros(len(y), int)
    for k, (_, test) in enumerate(splitter(FOLDS, shuffle=True, random_state=SEED).split(x, y)):
        fold[test] = k
    params = dict(objective=OBJECTIVES[spec["task"]], num_threads=1, deterministic=True, verbose=-1, seed=SEED)
    if spec["task"] == "multiclass":
        params["num_class"] = int(y.max()) + 1
    found = []
    for k in range(FOLDS):
        train = fold != k
        model = lightgbm.train(params, lightgbm.Dataset(x[train], y[train], categorical_feature=categories, params=dict(verbose=-1)), 100)
        found.append(scores(spec, y[~train], model.predict(x[~train])))
    print(spec["name"], x.shape, {name: round(float(np.mean([one[name] for one in found])), 5) for name in found[0]}, flush=True)
    return dict(
        name=spec["name"], rows=len(y), features=x.shape[1], targetSum=float(y.sum()), missing=int(np.isnan(x).sum()),
        folds="".join(map(str, fold)), scores={name: [float(one[name]) for one in found] for name in found[0]},
    )


def main(folder, path):
    specs = json.loads((Path(__file__).parent.parent / "quality" / "trees-tables.json").read_text())
    body = {
        "versions": {"lightgbm": lightgbm.__version__, "sklearn": sklearn.__version__, "numpy": np.__version__},
        "seed": SEED,
        "rounds": 100,
        "tables": [evaluate(folder, spec) for spec in specs],
    }
    Path(path).write_text(json.dumps(body, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
