"""A peer for bench/speed/shap.ts: trains a model, writes it and its rows into FOLDER, prints the seconds of shap's three ways as JSON.

pip install shap lightgbm numpy. Path-dependent values are timed in LightGBM itself (pred_contrib), which shap calls for its models.
"""

import json
import sys
import time
from pathlib import Path

import lightgbm
import numpy as np
import shap

folder, rows = Path(sys.argv[1]), int(sys.argv[2])
FEATURES, BACKGROUND, REPEATS = 28, 100, 5
rng = np.random.default_rng(2)
x = rng.normal(size=(max(20_000, rows + BACKGROUND), FEATURES))
y = (x[:, 0] + x[:, 1] * x[:, 2] + np.sin(3 * x[:, 3]) + rng.normal(size=len(x)) > 0).astype(int)
options = {"objective": "binary", "num_leaves": 31, "verbose": -1, "num_threads": 1, "seed": 2}
model = lightgbm.train(options, lightgbm.Dataset(x, y), 100)
model.save_model(str(folder / "model.txt"))
x.T.copy().tofile(folder / "rows.bin")
few, background = x[: -(-rows // 20)], x[rows : rows + BACKGROUND]
path = shap.TreeExplainer(model, feature_perturbation="tree_path_dependent")
intervened = shap.TreeExplainer(model, data=background, feature_perturbation="interventional")


def timed(call):
    seconds = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - began)
    return seconds


print(
    json.dumps(
        {
            "versions": {"shap": shap.__version__, "lightgbm": lightgbm.__version__},
            "rows": rows,
            "background": BACKGROUND,
            "seconds": {
                "path": timed(lambda: model.predict(x[:rows], pred_contrib=True, num_threads=1)),
                "interventional": timed(lambda: intervened.shap_values(few, check_additivity=False)),
                "interactions": timed(lambda: path.shap_interaction_values(few)),
            },
        }
    )
)
