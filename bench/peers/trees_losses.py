"""LightGBM's gradients, hessians and base scores of each loss, and ranking metrics of scikit-learn. Run once:

    python bench/peers/trees_losses.py test/reference/recorded/engine-losses.json

LightGBM hands out no gradients, but a tree of one iteration holds them: with initial scores given, learning rate 1 and no penalty, a node's
`weight` is the sum H of its rows' hessians and its value is -G / H. The record has, per leaf, its rows, G and H. Leaves of `absolute` and
`quantile` are renewed by LightGBM: for those inner nodes stand in, which it writes with six digits; it does not keep the value of the root.
Base scores: the raw prediction of a model that may not split.
"""
import json
import sys
from pathlib import Path

import lightgbm
import numpy as np
import sklearn
from sklearn import metrics
from sklearn.metrics import ndcg_score

SEED = 20261125
ROWS = 240
CLASSES = 3

CASES = [
    ("logistic", dict(loss="logistic"), "binary", dict(objective="binary")),
    ("logistic, positives weighted", dict(loss="logistic", positiveWeight=2.5), "binary", dict(objective="binary", scale_pos_weight=2.5)),
    ("xentropy", dict(loss="xentropy"), "share", dict(objective="cross_entropy")),
    ("softmax", dict(loss="softmax", classes=CLASSES), "classes", dict(objective="multiclass", num_class=CLASSES)),
    ("squared", dict(loss="squared"), "value", dict(objective="regression")),
    ("absolute", dict(loss="absolute"), "value", dict(objective="regression_l1")),
    ("huber", dict(loss="huber", delta=1.3), "value", dict(objective="huber", alpha=1.3)),
    ("quantile", dict(loss="quantile", alpha=0.2), "value", dict(objective="quantile", alpha=0.2)),
    ("poisson", dict(loss="poisson"), "count", dict(objective="poisson")),
    ("gamma", dict(loss="gamma"), "positive", dict(objective="gamma")),
    ("tweedie", dict(loss="tweedie", power=1.4), "amount", dict(objective="tweedie", tweedie_variance_power=1.4)),
    ("lambdarank", dict(loss="lambdarank"), "label", dict(objective="lambdarank")),
    ("lambdarank, truncated, without norm", dict(loss="lambdarank", truncation=4, norm=False, sigmoid=1.7), "label",
     dict(objective="lambdarank", lambdarank_truncation_level=4, lambdarank_norm=False, sigmoid=1.7)),
    ("lambdarank, own gains", dict(loss="lambdarank", truncation=6, gains=[0, 1, 2, 5]), "label",
     dict(objective="lambdarank", lambdarank_truncation_level=6, label_gain=[0, 1, 2, 5])),
]


def data():
    rng = np.random.default_rng(SEED)
    x = np.round(rng.normal(size=(ROWS, 3)), 3)
    signal = x[:, 0] + np.sin(2 * x[:, 1])
    sizes = [1, 1, 2, 3, 30, 40, 50, 13, 60, 40]
    assert sum(sizes) == ROWS
    label = np.clip(np.round(signal + rng.normal(size=ROWS)), 0, 3).astype(int)
    label[4:7] = 2  # A query of one label.
    targets = {
        "binary": (rng.uniform(size=ROWS) < 1 / (1 + np.exp(-signal))).astype(int),
        "classes": rng.integers(0, CLASSES, ROWS),
        "value": np.round(signal * 2 + rng.standard_t(3, ROWS), 2),
        "count": rng.poisson(np.exp(signal / 2)),
        "positive": np.round(rng.gamma(2, np.exp(signal / 2)) + 0.01, 2),
        "amount": np.round(rng.gamma(2, np.exp(signal / 2)) * (rng.uniform(size=ROWS) < 0.6), 2),
        "label": label,
        # Drawn apart, so that the others stay as they were. 0 and 1 are among them.
        "share": np.clip(np.round(np.random.default_rng(SEED + 1).beta(0.7, 0.9, ROWS) * 1.1 - 0.05, 3), 0, 1),
    }
    weight = np.round(rng.uniform(0.2, 3, ROWS), 3)
    # Rounded, so that some scores of a query are equal.
    scores = np.round(rng.normal(size=(ROWS, CLASSES)) * 0.7, 1)
    return x, targets, weight, scores, sizes


def nodes(tree, leaf_of_row, renewed):
    """(rows, G, H) of every leaf, or of every inner node below the root where leaves are renewed."""
    found = []

    def walk(node, is_root):
        if "leaf_index" in node:
            rows = np.flatnonzero(leaf_of_row == node["leaf_index"])
            if not renewed:
                found.append((rows, -node["leaf_value"] * node["leaf_weight"], node["leaf_weight"]))
            return rows
        rows = np.concatenate([walk(node["left_child"], False), walk(node["right_child"], False)])
        if renewed and not is_root:
            found.append((rows, -node["internal_value"] * node["internal_weight"], node["internal_weight"]))
        return rows

    walk(tree["tree_structure"], True)
    return found


def record(loss, target, objective, weighted):
    x, targets, weight, scores, sizes = data()
    y, w = targets[target], weight if weighted else None
    outputs = CLASSES if loss["loss"] == "softmax" else 1
    group = sizes if loss["loss"] == "lambdarank" else None
    common = dict(num_threads=1, deterministic=True, verbose=-1, seed=SEED, min_data_in_leaf=1, min_data_in_bin=1, min_sum_hessian_in_leaf=0.0, **objective)
    start = scores[:, :outputs]
    table = lightgbm.Dataset(x, y, weight=w, group=group, init_score=start if outputs > 1 else start[:, 0], params=dict(min_data_in_bin=1, verbose=-1))
    model = lightgbm.train(dict(common, num_leaves=24, learning_rate=1.0), table, 1)
    leaves = model.predict(x, pred_leaf=True).reshape(ROWS, -1)
    trees = model.dump_model()["tree_info"]
    renewed = loss["loss"] in ("absolute", "quantile")
    found = []
    for output in range(outputs):
        for rows, g, h in nodes(trees[output], leaves[:, output], renewed):
            found.append(dict(output=output, rows=sorted(rows.tolist()), gradient=g, hessian=h))
    plain = lightgbm.Dataset(x, y, weight=w, group=group, params=dict(min_data_in_bin=1, verbose=-1))
    constant = lightgbm.train(dict(common, min_gain_to_split=1e30), plain, 1)
    base = np.ravel(constant.predict(x[:1], raw_score=True)).tolist()
    return dict(nodes=found, base=base)


# Leaves are limited by hessians: with weights the two count the rows of a side a little differently.
SMALL = dict(num_leaves=6, learning_rate=0.2, min_data_in_leaf=1, min_sum_hessian_in_leaf=2.0, min_data_in_bin=1)
ROUNDS = 12


def soft_predictions():
    """Of soft labels, with weights and without: what a few rounds predict of the rows they learned from."""
    x, targets, weight, _scores, _sizes = data()
    found = []
    for w in (None, weight):
        table = lightgbm.Dataset(x, targets["share"], weight=w, params=dict(min_data_in_bin=1, verbose=-1))
        params = dict(SMALL, objective="cross_entropy", num_threads=1, deterministic=True, verbose=-1, seed=SEED)
        found.append(dict(weighted=w is not None, predicted=lightgbm.train(params, table, ROUNDS).predict(x).tolist()))
    return dict(x=x.T.tolist(), options=dict(SMALL, num_iterations=ROUNDS), predictions=found)


def huber_value(y, p, w):
    """The mean of sklearn's half Huber loss, 1.3 as its delta."""
    from sklearn._loss.loss import HuberLoss

    loss = HuberLoss(delta=1.3)
    return float(np.average(loss.loss(y_true=y.astype(float), raw_prediction=p.astype(float)), weights=w))


def metric_values(targets, weight, scores):
    """scikit-learn's metrics of clumsy predictions, with and without weights."""
    p = 1 / (1 + np.exp(-scores[:, 0]))
    shares = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
    out = []
    for w in (None, weight):
        common = dict(sample_weight=w)
        values = {
            "auc": metrics.roc_auc_score(targets["binary"], p, **common),
            "cross-entropy": float(np.average(-targets["share"] * np.log(p) - (1 - targets["share"]) * np.log(1 - p), weights=w)),
            "log-loss": metrics.log_loss(targets["binary"], p, **common),
            "error": 1 - metrics.accuracy_score(targets["binary"], p > 0.5, **common),
            "multi-log-loss": metrics.log_loss(targets["classes"], shares, **common),
            "multi-error": 1 - metrics.accuracy_score(targets["classes"], shares.argmax(1), **common),
            "rmse": metrics.root_mean_squared_error(targets["value"], scores[:, 0], **common),
            "mse": metrics.mean_squared_error(targets["value"], scores[:, 0], **common),
            "mae": metrics.mean_absolute_error(targets["value"], scores[:, 0], **common),
            "quantile@0.8": metrics.mean_pinball_loss(targets["value"], scores[:, 0], alpha=0.8, **common),
            "poisson-deviance": metrics.mean_poisson_deviance(targets["count"], np.exp(scores[:, 0]), **common),
            "average-precision": metrics.average_precision_score(targets["binary"], p, **common),
            "accuracy": metrics.accuracy_score(targets["binary"], p > 0.5, **common),
            "mape": float(np.average(np.abs(targets["value"] - scores[:, 0]) / np.maximum(1, np.abs(targets["value"])), weights=w)),
            "r2": metrics.r2_score(targets["value"], scores[:, 0], **common),
            "huber@1.3": huber_value(targets["value"], scores[:, 0], w),
            "tweedie-deviance@1.4": metrics.mean_tweedie_deviance(targets["amount"], np.exp(scores[:, 0]), power=1.4, **common),
            "gamma-deviance": metrics.mean_gamma_deviance(targets["positive"], np.exp(scores[:, 0]), **common),
        }
        out.append(dict(weighted=w is not None, values={name: float(value) for name, value in values.items()}))
    return out


def main(path):
    x, targets, weight, scores, sizes = data()
    cases = []
    for name, loss, target, objective in CASES:
        for weighted in (False, True):
            if "lambdarank" in name and weighted and name != "lambdarank":
                continue
            cases.append(dict(name=name + (", weighted" if weighted else ""), loss=loss, target=target, weighted=weighted, **record(loss, target, objective, weighted)))
    starts = np.concatenate([[0], np.cumsum(sizes)])
    ndcg = []
    for begin, end in zip(starts, starts[1:]):
        if end - begin < 2:
            continue
        label = targets["label"][begin:end]
        for k in (1, 5, 30):
            ndcg.append(dict(begin=int(begin), end=int(end), k=k, value=float(ndcg_score([2.0**label - 1], [scores[begin:end, 0]], k=k))))
    body = {
        "versions": {"lightgbm": lightgbm.__version__, "sklearn": sklearn.__version__, "numpy": np.__version__},
        "seed": SEED,
        "targets": {name: y.tolist() for name, y in targets.items()},
        "weight": weight.tolist(),
        "scores": scores.T.tolist(),
        "query": np.repeat(np.arange(len(sizes)), sizes).tolist(),
        "cases": cases,
        "ndcg": ndcg,
        "metrics": metric_values(targets, weight, scores),
        "soft": soft_predictions(),
    }
    Path(path).write_text(json.dumps(body, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
