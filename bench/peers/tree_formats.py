"""Records model files of LightGBM and XGBoost with their predictions, for test/engine/trees/formats.

Run, each into test/reference/recorded/trees (lightgbm 4.7.0, xgboost 3.2.0, numpy, pandas):
  python bench/peers/tree_formats.py OUT data       data.json, which the other modes read
  python bench/peers/tree_formats.py OUT lightgbm   lightgbm/*.txt and lightgbm.json
  python bench/peers/tree_formats.py OUT xgboost    xgboost-VERSION/*.json, *.ubj and xgboost-VERSION.json. With an older xgboost on PYTHONPATH only
                                                    the cases whose form changed
  python bench/peers/tree_formats.py OUT loaded     loads written/*.txt, which the tests write (UPDATE_WRITTEN=1), into LightGBM: loaded.json
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np

SEED = 20261125
TRAIN, TEST = 400, 70
FEATURES = ["x0", "x1", "x2", "c0", "c1"]
CATEGORICAL = [3, 4]
LEVELS = {"c0": 3, "c1": 40}


def make_data():
    """x1 has missing values, x2 is zero half of the time, c0 and c1 are codes; the last test rows are odd on purpose."""
    rng = np.random.default_rng(SEED)
    rows = TRAIN + TEST
    x = np.round(rng.normal(size=(rows, 5)), 3)
    x[:, 2] *= rng.uniform(size=rows) < 0.5
    x[:, 3] = rng.choice(3, rows, p=[0.6, 0.3, 0.1])
    x[:, 4] = np.minimum(rng.geometric(0.08, rows) - 1, 39)
    effect = rng.normal(size=40)
    signal = x[:, 0] + np.sin(3 * x[:, 1]) + np.where(x[:, 2] == 0, 0.8, x[:, 2]) + 0.7 * (x[:, 3] == 1) + effect[x[:, 4].astype(int)]
    signal = signal + 0.3 * rng.normal(size=rows)
    x[rng.uniform(size=rows) < 0.15, 1] = np.nan
    x[rng.uniform(size=rows) < 0.05, 2] = np.nan
    x[rng.uniform(size=rows) < 0.03, 4] = np.nan
    odd = [
        [np.nan] * 5,
        [0, 0, 0, 0, 0],
        [-0.0, 1e-36, -1e-36, 1, 1],
        [1e-34, -1e-34, 1e-34, 2, 2],
        [1e30, -1e30, 1e30, 3, 40],
        [-1e30, 1e30, -1e30, 70, 1000],
        [0.5 + 1e-12, 0.1, 1e-300, -1, -3],
        [np.nan, 0.3, np.nan, np.nan, 39],
        [0.3, np.nan, 0.0, 1, np.nan],
    ]
    x[-len(odd):] = odd
    targets = {
        "binary": (rng.uniform(size=rows) < 1 / (1 + np.exp(-signal))).astype(int),
        "share": np.round(1 / (1 + np.exp(-signal)), 3),
        "classes": np.digitize(signal, [-0.7, 0.6, 1.8]),
        "value": np.round(3 * signal + 1, 2),
        "other": np.round(signal**2, 2),
        "count": rng.poisson(np.exp(np.clip(signal / 2, -3, 2))),
        "positive": np.round(np.exp(np.clip(signal, -3, 3)) + 0.01, 3),
        "grade": np.clip(np.round(signal + 1), 0, 4).astype(int),
    }
    columns = {name: [None if np.isnan(v) else v for v in x[:, j]] for j, name in enumerate(FEATURES)}
    return {"train": TRAIN, "levels": LEVELS, "columns": columns, "targets": {k: v.tolist() for k, v in targets.items()}}


def load_data(out):
    data = json.loads((out / "data.json").read_text())
    x = np.array([[np.nan if v is None else v for v in data["columns"][name]] for name in FEATURES], dtype=float).T
    targets = {name: np.array(values, dtype=float) for name, values in data["targets"].items()}
    return x[:TRAIN], x[TRAIN:], {name: values[:TRAIN] for name, values in targets.items()}


def numbers(values):
    return np.asarray(values, dtype=float).reshape(-1).tolist()


LIGHTGBM = {
    "binary": ("binary", dict(objective="binary")),
    "binary-sigmoid": ("binary", dict(objective="binary", sigmoid=2.5)),
    "multiclass": ("classes", dict(objective="multiclass", num_class=4)),
    "multiclassova": ("classes", dict(objective="multiclassova", num_class=4, sigmoid=0.7)),
    "regression": ("value", dict(objective="regression")),
    "regression-sqrt": ("value", dict(objective="regression", reg_sqrt=True)),
    "l1": ("value", dict(objective="l1")),
    "huber": ("value", dict(objective="huber")),
    "fair": ("value", dict(objective="fair")),
    "quantile": ("value", dict(objective="quantile", alpha=0.8)),
    "mape": ("value", dict(objective="mape")),
    "poisson": ("count", dict(objective="poisson")),
    "gamma": ("positive", dict(objective="gamma")),
    "tweedie": ("positive", dict(objective="tweedie")),
    "lambdarank": ("grade", dict(objective="lambdarank")),
    "rank-xendcg": ("grade", dict(objective="rank_xendcg")),
    "cross-entropy": ("share", dict(objective="cross_entropy")),
    "cross-entropy-lambda": ("share", dict(objective="cross_entropy_lambda")),
    "forest": ("binary", dict(objective="binary", boosting="rf", bagging_freq=1, bagging_fraction=0.6, feature_fraction=0.6)),
    "forest-classes": ("classes", dict(objective="multiclass", num_class=4, boosting="rf", bagging_freq=1, bagging_fraction=0.6)),
    "dart": ("value", dict(objective="regression", boosting="dart", drop_rate=0.5)),
    "goss": ("binary", dict(objective="binary", data_sample_strategy="goss")),
    "zero-as-missing": ("value", dict(objective="regression", zero_as_missing=True, num_leaves=15)),
    "no-missing": ("value", dict(objective="regression", use_missing=False, num_leaves=15)),
    "one-hot": ("value", dict(objective="regression", max_cat_to_onehot=100)),
    "constant": ("value", dict(objective="regression", min_data_in_leaf=300)),
    "constant-classes": ("classes", dict(objective="multiclass", num_class=4, min_data_in_leaf=150)),
    "extra-trees": ("binary", dict(objective="binary", extra_trees=True)),
    "numeric": ("binary", dict(objective="binary")),
    "custom": ("value", dict()),
    "linear": ("value", dict(objective="regression", linear_tree=True)),
}


def squared(scores, dataset):
    return scores - dataset.get_label(), np.ones_like(scores)


def record_lightgbm(out):
    import lightgbm as lgb
    import pandas as pd

    train, test, targets = load_data(out)
    folder = out / "lightgbm"
    folder.mkdir(exist_ok=True)
    cases = {}

    def keep(name, booster, rows):
        (folder / f"{name}.txt").write_text(booster.model_to_string())
        cases[name] = {"raw": numbers(booster.predict(rows, raw_score=True)), "predicted": numbers(booster.predict(rows))}

    common = dict(num_leaves=7, min_data_in_leaf=5, learning_rate=0.3, verbosity=-1, num_threads=1, deterministic=True, seed=1,
                  cat_smooth=1, min_data_per_group=5, force_col_wise=True)
    for name, (target, options) in LIGHTGBM.items():
        params = common | options
        if not options:
            params["objective"] = squared
        group = [20] * (TRAIN // 20) if "rank" in name else None
        categorical = [] if name == "numeric" else CATEGORICAL
        dataset = lgb.Dataset(train, targets[target], group=group, feature_name=list(FEATURES), categorical_feature=categorical)
        rounds = 3 if "num_class" in options else 6
        keep(name, lgb.train(params, dataset, num_boost_round=rounds), test)

    names = ["x/0", "größe_ß", "x(2)%=#", "__proto__", "c1|日本"]
    frame = lambda x: pd.DataFrame({  # noqa: E731
        **{names[j]: x[:, j] for j in range(3)},
        names[3]: pd.Categorical.from_codes(np.where(np.isin(x[:, 3], [0, 1, 2]), x[:, 3], -1).astype(int), ["rot", "grün \"x\"", "a,b:[1]"]),
        names[4]: pd.Categorical.from_codes(np.where((x[:, 4] >= 0) & (x[:, 4] < 40), x[:, 4], -1).astype(int), [v * 10 for v in range(40)]),
    })
    booster = lgb.train(common | dict(objective="binary"), lgb.Dataset(frame(train), targets["binary"]), num_boost_round=6)
    keep("pandas", booster, frame(test))

    wide = train.copy()
    wide[:, 4] = wide[:, 4] * 97
    wide_test = test.copy()
    wide_test[:, 4] = wide_test[:, 4] * 97
    booster = lgb.train(common | dict(objective="binary"),
                        lgb.Dataset(wide, targets["binary"], feature_name=list(FEATURES), categorical_feature=CATEGORICAL), num_boost_round=3)
    keep("large-codes", booster, wide_test)
    write(out / "lightgbm.json", {"versions": {"lightgbm": lgb.__version__, "numpy": np.__version__}, "seed": SEED, "cases": cases})


XGBOOST = {
    "logistic": ("binary", dict(objective="binary:logistic")),
    "logistic-base": ("binary", dict(objective="binary:logistic", base_score=0.2)),
    "reg-logistic": ("share", dict(objective="reg:logistic")),
    "logitraw": ("binary", dict(objective="binary:logitraw")),
    "hinge": ("binary", dict(objective="binary:hinge")),
    "softprob": ("classes", dict(objective="multi:softprob", num_class=4)),
    "softmax": ("classes", dict(objective="multi:softmax", num_class=4)),
    "squared": ("value", dict(objective="reg:squarederror")),
    "squared-log": ("positive", dict(objective="reg:squaredlogerror")),
    "absolute": ("value", dict(objective="reg:absoluteerror")),
    "pseudo-huber": ("value", dict(objective="reg:pseudohubererror")),
    "quantile": ("value", dict(objective="reg:quantileerror", quantile_alpha=[0.1, 0.5, 0.9])),
    "poisson": ("count", dict(objective="count:poisson")),
    "poisson-base": ("count", dict(objective="count:poisson", base_score=2.5)),
    "gamma": ("positive", dict(objective="reg:gamma")),
    "tweedie": ("positive", dict(objective="reg:tweedie")),
    "cox": ("positive", dict(objective="survival:cox")),
    "aft": ("positive", dict(objective="survival:aft")),
    "rank-ndcg": ("grade", dict(objective="rank:ndcg")),
    "rank-pairwise": ("grade", dict(objective="rank:pairwise")),
    "rank-map": ("binary", dict(objective="rank:map")),
    "dart": ("value", dict(objective="reg:squarederror", booster="dart", rate_drop=0.5)),
    "dart-classes": ("classes", dict(objective="multi:softprob", num_class=4, booster="dart", rate_drop=0.5)),
    "forest": ("classes", dict(objective="multi:softprob", num_class=4, num_parallel_tree=2, subsample=0.6)),
    "one-hot": ("value", dict(objective="reg:squarederror", max_cat_to_onehot=100)),
    "exact": ("value", dict(objective="reg:squarederror", tree_method="exact", gamma=5, max_depth=5)),
    "lossguide": ("value", dict(objective="reg:squarederror", grow_policy="lossguide", max_leaves=12, max_depth=0)),
    "constant": ("value", dict(objective="reg:squarederror", gamma=1e9)),
    "targets": ("pair", dict(objective="reg:squarederror", multi_strategy="one_output_per_tree")),
    "vector-leaves": ("pair", dict(objective="reg:squarederror", multi_strategy="multi_output_tree")),
    "linear": ("value", dict(objective="reg:squarederror", booster="gblinear")),
}
SINCE_2 = ["targets", "vector-leaves"]
OLD = ["logistic", "logitraw", "logistic-base", "softprob", "squared", "absolute", "poisson-base", "dart", "forest", "one-hot", "rank-ndcg"]
BINARY = ["logistic", "dart-classes", "vector-leaves"]


def record_xgboost(out):
    import xgboost as xgb

    train, test, targets = load_data(out)
    targets["pair"] = np.stack([targets["value"], targets["other"]], axis=1)
    version = ".".join(xgb.__version__.split(".")[:2])
    is_old = int(version.split(".")[0]) < 3
    folder = out / f"xgboost-{version}"
    folder.mkdir(exist_ok=True)
    cases = {}
    # XGBoost takes no negative codes.
    coded = test.copy()
    coded[:, 3:][coded[:, 3:] < 0] = np.nan
    common = dict(max_depth=3, learning_rate=0.3, min_child_weight=2, nthread=1, seed=1, tree_method="hist", max_cat_to_onehot=2)
    for name, (target, options) in XGBOOST.items():
        if is_old and name not in OLD and not (name in SINCE_2 and version[0] >= "2"):
            continue
        is_numeric = name in ("exact", "linear", "vector-leaves")
        types = ["q"] * 5 if is_numeric else ["q", "q", "q", "c", "c"]
        matrix = lambda x, y=None: xgb.DMatrix(x, y, feature_names=FEATURES, feature_types=types, enable_categorical=True)  # noqa: E731
        dataset = matrix(train, targets[target])
        if name.startswith("rank"):
            dataset.set_group([20] * (TRAIN // 20))
        if name == "aft":
            dataset.set_float_info("label_lower_bound", targets[target])
            dataset.set_float_info("label_upper_bound", targets[target])
        booster = xgb.train(common | options, dataset, num_boost_round=2 if "num_class" in options else 4)
        booster.save_model(folder / f"{name}.json")
        if name in BINARY and not is_old:
            booster.save_model(folder / f"{name}.ubj")
        rows = matrix(test if is_numeric else coded)
        cases[name] = {"raw": numbers(booster.predict(rows, output_margin=True)), "predicted": numbers(booster.predict(rows))}
    if not is_old:
        import pandas as pd

        names = [["rot", "green \"x\"", "a,b:[1]"], [v * 10 for v in range(40)]]
        frame = lambda x: pd.DataFrame({  # noqa: E731
            **{FEATURES[j]: x[:, j] for j in range(3)},
            **{FEATURES[j]: pd.Categorical.from_codes(np.where(x[:, j] < len(names[j - 3]), x[:, j], -1).astype(int), names[j - 3]) for j in CATEGORICAL},
        })
        booster = xgb.train(common | dict(objective="binary:logistic"), xgb.DMatrix(frame(train), targets["binary"], enable_categorical=True), 4)
        booster.save_model(folder / "pandas.json")
        rows = xgb.DMatrix(frame(coded), enable_categorical=True)
        cases["pandas"] = {"raw": numbers(booster.predict(rows, output_margin=True)), "predicted": numbers(booster.predict(rows))}
    write(out / f"xgboost-{version}.json", {"versions": {"xgboost": xgb.__version__, "numpy": np.__version__}, "seed": SEED, "cases": cases})


def record_loaded(out):
    import lightgbm as lgb

    _, test, _ = load_data(out)
    cases = {}
    for file in sorted((out / "written").glob("*.txt")):
        text = file.read_bytes()
        booster = lgb.Booster(model_str=text.decode())
        cases[file.stem] = {"sha256": hashlib.sha256(text).hexdigest(), "features": booster.feature_name(),
                            "raw": numbers(booster.predict(test, raw_score=True)), "predicted": numbers(booster.predict(test))}
    write(out / "loaded.json", {"versions": {"lightgbm": lgb.__version__}, "cases": cases})


def write(file, value):
    file.write_text(json.dumps(value, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    folder, mode = Path(sys.argv[1]), sys.argv[2]
    if mode == "data":
        write(folder / "data.json", make_data())
    else:
        {"lightgbm": record_lightgbm, "xgboost": record_xgboost, "loaded": record_loaded}[mode](folder)
