"""Scores of LightGBM with its default options on real tables: five folds, drawn again and again where rows are few. Run once:

    python bench/peers/quality_trees.py FOLDER test/reference/recorded/quality-trees.json

Tables, targets and dropped columns stand in bench/quality/trees-tables.json, which bench/quality/trees.ts reads in the same way: cells are
trimmed; levels are numbered in the order of their code points; what is no number in a numeric column is missing. Folds are random, also
where rows lie in time (electricity) or share a person (parkinsons): the question is the engine, not the model. Both sides draw them by one rule.
"""
import csv
import json
import sys
from pathlib import Path

import lightgbm
import numpy as np
import sklearn
from sklearn.metrics import log_loss, roc_auc_score, root_mean_squared_error

FOLDS = 5


def repeats(rows):
    return 20 if rows < 2_000 else 6 if rows < 10_000 else 2


def folds_of(strata, repeat):
    """Rows in the order of their stratum, then of a hash of row and repeat, are dealt to the folds in turn."""
    row = np.arange(len(strata), dtype=np.uint32)
    key = row * np.uint32(2654435761) + np.uint32(repeat * 40503 + 1)
    for factor in (np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)):
        key = (key ^ (key >> np.uint32(15))) * factor
    fold = np.empty(len(strata), int)
    fold[np.lexsort((row, key ^ (key >> np.uint32(16)), strata))] = np.arange(len(strata)) % FOLDS
    return fold


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
    params = dict(objective=OBJECTIVES[spec["task"]], num_threads=1, deterministic=True, verbose=-1, seed=1)
    if spec["task"] == "multiclass":
        params["num_class"] = int(y.max()) + 1
    strata = np.zeros(len(y), int) if spec["task"] == "regression" else y
    found, check = [], []
    for repeat in range(repeats(len(y))):
        fold = folds_of(strata, repeat)
        check.append(int((fold * (np.arange(len(y)) % 97)).sum()))
        for k in range(FOLDS):
            train = fold != k
            data = lightgbm.Dataset(x[train], y[train], categorical_feature=categories, params=dict(verbose=-1))
            found.append(scores(spec, y[~train], lightgbm.train(params, data, 100).predict(x[~train])))
    print(spec["name"], x.shape, {name: round(float(np.mean([one[name] for one in found])), 5) for name in found[0]}, flush=True)
    return dict(
        name=spec["name"], rows=len(y), features=x.shape[1], targetSum=float(y.sum()), missing=int(np.isnan(x).sum()),
        folds=check, scores={name: [float(one[name]) for one in found] for name in found[0]},
    )


def main(folder, path):
    specs = json.loads((Path(__file__).parent.parent / "quality" / "trees-tables.json").read_text())
    body = {
        "versions": {"lightgbm": lightgbm.__version__, "sklearn": sklearn.__version__, "numpy": np.__version__},
        "seed": 1,
        "rounds": 100,
        "tables": [evaluate(folder, spec) for spec in specs],
    }
    Path(path).write_text(json.dumps(body, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
