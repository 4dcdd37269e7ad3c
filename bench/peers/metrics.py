"""Records scikit-learn's answers for src/metrics.

Run with scikit-learn 1.5.2:
    python bench/peers/metrics.py > test/reference/recorded/metrics.json

Where scikit-learn refuses or warns (one class, nothing called positive) its answer is recorded as it is, null for an error; the
test says where Oldhand answers otherwise.
"""

import json
import math
import sys
import warnings

import numpy as np
import sklearn
from scipy import stats
from sklearn import metrics as m

SEED = 20261124
rng = np.random.default_rng(SEED)
warnings.simplefilter("ignore")


def attempt(call):
    try:
        value = float(call())
        return value if math.isfinite(value) else None
    except ValueError:
        return None


def binary(truth, outputs, weight):
    w = {"sample_weight": weight}
    called = (outputs >= 0.5).astype(int)
    both = [0, 1]
    return {
        "auc": attempt(lambda: m.roc_auc_score(truth, outputs, **w)),
        "average-precision": attempt(lambda: m.average_precision_score(truth, outputs, **w)),
        "log-loss": attempt(lambda: m.log_loss(truth, outputs, labels=both, **w)),
        "brier": attempt(lambda: m.brier_score_loss(truth, outputs, pos_label=1, **w)),
        "accuracy": attempt(lambda: m.accuracy_score(truth, called, **w)),
        "f1": attempt(lambda: m.f1_score(truth, called, **w)),
        "macro-f1": attempt(lambda: m.f1_score(truth, called, average="macro", **w)),
        "balanced-accuracy": attempt(lambda: m.balanced_accuracy_score(truth, called, **w)),
        "mcc": attempt(lambda: m.matthews_corrcoef(truth, called, **w)),
        "precision": attempt(lambda: m.precision_score(truth, called, **w)),
        "recall": attempt(lambda: m.recall_score(truth, called, **w)),
        "quadratic-kappa": attempt(lambda: m.cohen_kappa_score(truth, called, weights="quadratic", labels=both, **w)),
    }


def multiclass(truth, outputs, weight):
    w = {"sample_weight": weight}
    labels = list(range(outputs.shape[1]))
    called = outputs.argmax(axis=1)
    return {
        "auc": attempt(lambda: m.roc_auc_score(truth, outputs, multi_class="ovr", average="macro", labels=labels, **w)),
        "log-loss": attempt(lambda: m.log_loss(truth, outputs, labels=labels, **w)),
        "accuracy": attempt(lambda: m.accuracy_score(truth, called, **w)),
        "macro-f1": attempt(lambda: m.f1_score(truth, called, average="macro", **w)),
        "balanced-accuracy": attempt(lambda: m.balanced_accuracy_score(truth, called, **w)),
        "mcc": attempt(lambda: m.matthews_corrcoef(truth, called, **w)),
        "quadratic-kappa": attempt(lambda: m.cohen_kappa_score(truth, called, weights="quadratic", labels=labels, **w)),
    }


def regression(truth, outputs, weight):
    w = {"sample_weight": weight}
    return {
        "rmse": attempt(lambda: m.root_mean_squared_error(truth, outputs, **w)),
        "mae": attempt(lambda: m.mean_absolute_error(truth, outputs, **w)),
        "r2": attempt(lambda: m.r2_score(truth, outputs, **w)),
        "mape": attempt(lambda: m.mean_absolute_percentage_error(truth, outputs, **w)),
        "pinball": attempt(lambda: m.mean_pinball_loss(truth, outputs, alpha=0.5, **w)),
        "pinball-0.9": attempt(lambda: m.mean_pinball_loss(truth, outputs, alpha=0.9, **w)),
        "pinball-0.05": attempt(lambda: m.mean_pinball_loss(truth, outputs, alpha=0.05, **w)),
    }


def case(name, task, truth, outputs, score):
    weight = rng.uniform(0.1, 5, len(truth))
    return {
        "name": name, "task": task, "truth": truth.tolist(), "outputs": outputs.ravel().tolist(), "weight": weight.tolist(),
        "plain": score(truth, outputs, None), "weighted": score(truth, outputs, weight),
    }


def probabilities(size, classes, sharpness):
    raw = np.exp(sharpness * rng.normal(size=(size, classes)))
    return raw / raw.sum(axis=1, keepdims=True)


cases = []
p = rng.beta(1, 3, 150)
cases.append(case("rare positives", "binary", (rng.uniform(size=150) < p).astype(int), p, binary))
p = np.round(rng.uniform(size=120) * 4) / 4
cases.append(case("ties, also at 0, 0.5 and 1", "binary", (rng.uniform(size=120) < 0.2 + 0.6 * p).astype(int), p, binary))
truth = rng.integers(0, 2, 30)
cases.append(case("sure and often wrong", "binary", truth, np.where(rng.uniform(size=30) < 0.3, 1.0 - truth, truth), binary))
cases.append(case("beyond double precision", "binary", truth, np.where(truth == 1, 1e-300, 1 - 1e-16), binary))
cases.append(case("never called positive", "binary", truth, np.full(30, 0.25), binary))
cases.append(case("only negatives", "binary", np.zeros(12, dtype=int), rng.uniform(size=12), binary))
cases.append(case("only positives", "binary", np.ones(12, dtype=int), rng.uniform(size=12), binary))
cases.append(case("only negatives, none called", "binary", np.zeros(5, dtype=int), np.full(5, 0.1), binary))
outputs = probabilities(140, 4, 1.5)
cases.append(case("four classes", "multiclass", np.array([rng.choice(4, p=row) for row in outputs]), outputs, multiclass))
outputs = np.eye(3)[rng.integers(0, 3, 60)] * 0.5 + 0.5 / 3
cases.append(case("three classes with ties", "multiclass", rng.integers(0, 3, 60), outputs, multiclass))
outputs = np.eye(3)[rng.integers(0, 3, 40)]
cases.append(case("hard zeros and ones", "multiclass", rng.integers(0, 3, 40), outputs, multiclass))
outputs = probabilities(50, 5, 1)
cases.append(case("a class without rows", "multiclass", rng.choice([0, 1, 3, 4], 50), outputs, multiclass))
truth = rng.normal(10, 4, 90)
cases.append(case("normal target", "regression", truth, truth + rng.normal(0, 3, 90), regression))
truth = np.concatenate([np.zeros(20), rng.lognormal(3, 2, 40)])
cases.append(case("zeros and a heavy tail", "regression", truth, truth * rng.uniform(0.5, 1.5, 60) + 1, regression))
cases.append(case("worse than the mean", "regression", np.arange(8.0), np.arange(8.0)[::-1].copy(), regression))
cases.append(case("constant target", "regression", np.full(6, 3.0), np.arange(6.0), regression))

# Calibration: Spiegelhalter from its formula, bins from the definition
said = rng.uniform(size=200)
came = (rng.uniform(size=200) < said**1.3).astype(int)
z = ((came - said) * (1 - 2 * said)).sum() / math.sqrt(((1 - 2 * said) ** 2 * said * (1 - said)).sum())
large = (came - said).sum() / math.sqrt((said * (1 - said)).sum())
order = np.argsort(said)
parts = np.array_split(order, 10)
calibration = {
    "truth": came.tolist(), "outputs": said.tolist(), "z": z, "p": 2 * stats.norm.sf(abs(z)),
    "inTheLarge": {"z": large, "p": 2 * stats.norm.sf(abs(large))},
    "brier": m.brier_score_loss(came, said), "logLoss": m.log_loss(came, said),
    "predicted": [said[part].mean() for part in parts], "observed": [came[part].mean() for part in parts],
    "ece": float(sum(len(part) / 200 * abs(said[part].mean() - came[part].mean()) for part in parts)),
}

json.dump(
    {
        "seed": SEED,
        "versions": {"python": sys.version.split()[0], "numpy": np.__version__, "scikit-learn": sklearn.__version__},
        "cases": cases,
        "calibration": calibration,
    },
    sys.stdout,
)
sys.stdout.write("\n")
