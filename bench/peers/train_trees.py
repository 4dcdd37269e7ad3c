"""Trains LightGBM or XGBoost on the tables that bench/speed/train-trees.ts writes, one training per line of standard input.

pip install lightgbm==4.7.0 xgboost numpy
A request is JSON, {"peer": "versions"} or {"peer", "folder", "threads", "rounds", "quantised", "rowwise"}; the answer is {"seconds", "auc"}: binning and training, and the AUC on the held-out rows.
"""
import json
import resource
import sys
import time
from importlib import metadata

import numpy as np

loaded = {}


def table(folder):
    if folder not in loaded:
        loaded.clear()
        with open(f"{folder}/shape.json", encoding="utf8") as file:
            shape = json.load(file)
        rows, features = shape["rows"], shape["features"]
        x = np.fromfile(f"{folder}/x.f64").reshape(features, rows).T.copy()
        y = np.fromfile(f"{folder}/y.f64")
        loaded[folder] = (shape, x, y)
    return loaded[folder]


def auc(truth, score):
    order = np.argsort(score, kind="stable")
    _, inverse, counts = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    positive = truth == 1
    n1, n0 = positive.sum(), (~positive).sum()
    del order
    return float((rank[positive].sum() - n1 * (n1 + 1) / 2) / (n1 * n0))


def lightgbm(request, shape, x, y, train):
    import lightgbm as lgb

    params = {
        "objective": "binary", "verbose": -1, "num_threads": request["threads"], "learning_rate": 0.1, "num_leaves": 31, "seed": 1,
        "use_quantized_grad": request.get("quantised", False), "min_data_in_leaf": request.get("minDataInLeaf", 20),
    }
    if "rowwise" in request:
        params["force_row_wise" if request["rowwise"] else "force_col_wise"] = True
    started = time.perf_counter()
    data = lgb.Dataset(x[:train], y[:train], categorical_feature=shape["categorical"] or "auto", free_raw_data=False)
    model = lgb.train(params, data, request["rounds"])
    return time.perf_counter() - started, lambda: model.predict(x[train:])


def xgboost(request, shape, x, y, train):
    import xgboost as xgb

    params = {"objective": "binary:logistic", "tree_method": "hist", "grow_policy": "lossguide", "max_leaves": 31, "max_depth": 0, "eta": 0.1,
              "max_bin": 255, "nthread": request["threads"]}
    types = ["c" if i in shape["categorical"] else "q" for i in range(shape["features"])]
    started = time.perf_counter()
    data = xgb.QuantileDMatrix(x[:train], y[:train], max_bin=255, nthread=request["threads"], feature_types=types, enable_categorical=True)
    model = xgb.train(params, data, request["rounds"])
    taken = time.perf_counter() - started
    return taken, lambda: model.predict(xgb.DMatrix(x[train:], feature_types=types, enable_categorical=True))


for line in sys.stdin:
    request = json.loads(line)
    if request["peer"] == "versions":
        print(json.dumps({name: metadata.version(name) for name in ("lightgbm", "xgboost", "numpy")}), flush=True)
        continue
    shape, x, y = table(request["folder"])
    train = shape["train"]
    seconds, predict = (lightgbm if request["peer"] == "lightgbm" else xgboost)(request, shape, x, y, train)
    answer = {"seconds": seconds, "auc": None if request.get("silent") else auc(y[train:], predict()), "peakMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    print(json.dumps(answer), flush=True)
