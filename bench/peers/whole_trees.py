"""LightGBM's raw scores of the training rows after a few rounds, under one option after another. Run once:

    python bench/peers/whole_trees.py test/reference/recorded/whole-trees.json

Trees of the two are the same where neither chance nor a rule of its own decides, so the options are such:
- weights are drawn, so that no two splits gain the same
- rows per leaf are limited only where all hessians are equal: elsewhere LightGBM tells the rows of one side and takes the rest for the other
- penalties are small: LightGBM does not look at a column below a node that it cannot split, which with a penalty it may do further down
- few levels are three, and one against the rest is for up to four: LightGBM counts missing as a level, we do not
"""
import json
import sys
from pathlib import Path

import lightgbm
import numpy as np

SEED = 20261127
ROWS = 160
ROUNDS = 4
COMMON = dict(num_leaves=8, learning_rate=0.5, min_data_in_bin=1, min_sum_hessian_in_leaf=1e-3, cat_smooth=4, cat_l2=0.0, min_data_per_group=6)
FREE = dict(min_data_in_leaf=0, min_sum_hessian_in_leaf=2.0, cat_smooth=1.0, min_data_per_group=1)
ROWS_OF_LEAF = dict(min_data_in_leaf=5)

# Loss of ours, target, weighted, objective of LightGBM, options by their names.
CASES = [
    (dict(loss="squared"), "value", False, dict(objective="l2"), ROWS_OF_LEAF),
    (dict(loss="squared"), "value", True, dict(objective="l2"), FREE),
    (dict(loss="squared"), "value", False, dict(objective="l2"), dict(ROWS_OF_LEAF, lambda_l1=2.0)),
    (dict(loss="squared"), "value", False, dict(objective="l2"), dict(ROWS_OF_LEAF, lambda_l2=3.0)),
    (dict(loss="squared"), "value", False, dict(objective="l2", boost_from_average=False), dict(ROWS_OF_LEAF, path_smooth=6.0)),
    (dict(loss="squared"), "value", False, dict(objective="l2"), dict(ROWS_OF_LEAF, max_delta_step=0.8)),
    (dict(loss="squared"), "value", False, dict(objective="l2"), dict(ROWS_OF_LEAF, min_gain_to_split=2.0)),
    (dict(loss="squared"), "value", False, dict(objective="l2"), dict(ROWS_OF_LEAF, max_depth=2)),
    (dict(loss="squared"), "value", False, dict(objective="l2"), dict(ROWS_OF_LEAF, min_sum_hessian_in_leaf=12.5)),
    (dict(loss="squared"), "value", False, dict(objective="l2"), dict(ROWS_OF_LEAF, monotone_constraints=[1, -1, 0, 0, 0])),
    (dict(loss="squared"), "value", False, dict(objective="l2"), dict(ROWS_OF_LEAF, interaction_constraints=[[0, 1, 3], [1, 2, 4]])),
    (dict(loss="squared"), "value", False, dict(objective="l2"), dict(ROWS_OF_LEAF, max_cat_threshold=2, min_data_per_group=1)),
    (dict(loss="squared"), "value", False, dict(objective="l2"), dict(ROWS_OF_LEAF, cat_smooth=12.0)),
    (dict(loss="squared"), "value", False, dict(objective="l2"), dict(ROWS_OF_LEAF, cat_l2=3.0)),
    (dict(loss="squared"), "value", False, dict(objective="l2", boost_from_average=False), ROWS_OF_LEAF),
    (dict(loss="huber", delta=1.3), "value", True, dict(objective="huber", alpha=1.3, boost_from_average=False), FREE),
    (dict(loss="logistic"), "binary", True, dict(objective="binary"), FREE),
    (dict(loss="logistic"), "binary", True, dict(objective="binary", scale_pos_weight=2.5, boost_from_average=False), FREE),
    (dict(loss="softmax", classes=3), "classes", True, dict(objective="multiclass", num_class=3), FREE),
    (dict(loss="poisson"), "amount", True, dict(objective="poisson"), FREE),
    (dict(loss="gamma"), "amount", True, dict(objective="gamma"), FREE),
    (dict(loss="tweedie", power=1.4), "amount", True, dict(objective="tweedie", tweedie_variance_power=1.4), FREE),
]


def table():
    rng = np.random.default_rng(SEED)
    few = rng.integers(0, 6, ROWS).astype(float)
    some = rng.integers(0, 30, ROWS).astype(float)
    many = np.round(rng.normal(size=ROWS), 3)
    few[rng.random(ROWS) < 0.15] = np.nan
    many[rng.random(ROWS) < 0.1] = np.nan
    levels = [rng.integers(0, 3, ROWS), rng.integers(0, 9, ROWS)]
    effects = [rng.normal(size=3), rng.normal(size=9)]
    signal = np.nan_to_num(few, nan=5) / 3 - some / 15 + np.sin(2 * np.nan_to_num(many, nan=1)) + sum(e[c] for e, c in zip(effects, levels))
    signal = signal - signal.mean()
    targets = {
        "value": np.round(2 + signal + rng.normal(size=ROWS), 4),
        "binary": (signal + rng.logistic(size=ROWS) > 0).astype(int),
        "classes": np.clip(np.round(signal + 1 + rng.normal(size=ROWS)), 0, 2).astype(int),
        "amount": np.round(rng.gamma(2, np.exp(signal / 2)) + 0.01, 4),
    }
    weight = np.round(rng.uniform(0.2, 3, ROWS), 4)
    return np.column_stack([few, some, many, *levels]), targets, weight


def main(out):
    x, targets, weight = table()
    cases = []
    for loss, target, weighted, objective, options in CASES:
        params = {**COMMON, **options}
        data = lightgbm.Dataset(x, targets[target], weight=weight if weighted else None, categorical_feature=[3, 4],
                                params=dict(min_data_in_bin=1, max_bin=255, enable_bundle=False, feature_pre_filter=False, verbose=-1))
        quiet = dict(verbose=-1, num_threads=1, deterministic=True, force_col_wise=True, enable_bundle=False, feature_pre_filter=False)
        booster = lightgbm.train({**params, **objective, **quiet}, data, ROUNDS)
        raw = booster.predict(x, raw_score=True)
        own = {k: v for k, v in objective.items() if k in ("scale_pos_weight", "boost_from_average")}
        cases.append(dict(loss=loss, target=target, weighted=weighted, options={**params, **own}, raw=np.round(raw, 5).tolist()))
    columns = [[None if np.isnan(v) else v for v in column] for column in x.T]
    record = dict(versions=dict(lightgbm=lightgbm.__version__, numpy=np.__version__), seed=SEED, rounds=ROUNDS, columns=columns,
                  targets={k: v.tolist() for k, v in targets.items()}, weight=weight.tolist(), cases=cases)
    Path(out).write_text(json.dumps(record) + "\n")


main(sys.argv[1])
