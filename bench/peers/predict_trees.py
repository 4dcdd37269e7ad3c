"""A peer for bench/speed/predict-trees.ts: LightGBM and onnxruntime predicting the same model.

pip install lightgbm onnxruntime onnxmltools numpy; the bench starts it and speaks to it line by line.
Trains once, writes model.txt, onnxmltools.onnx (what LightGBM's users export: 32 bits, all columns in one input) and the rows (float64, column by
column) into FOLDER. Then for each line "lightgbm THREADS", "onnxruntime THREADS FILE" or "onnxmltools THREADS" it predicts all rows and answers with the seconds, for "scores lightgbm" with the file of the raw scores.
"""

import sys
import time
from pathlib import Path

import lightgbm
import numpy as np
import onnxmltools
import onnxruntime
from onnxmltools.convert.common.data_types import FloatTensorType

folder, rows, trees = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
FEATURES = 28
rng = np.random.default_rng(1)
x = rng.normal(size=(rows, FEATURES))
fit = min(rows, 100_000)
y = (x[:fit, 0] + x[:fit, 1] * x[:fit, 2] + np.sin(3 * x[:fit, 3]) + rng.normal(size=fit) > 0).astype(int)
options = {"objective": "binary", "num_leaves": 31, "learning_rate": 0.1, "verbose": -1, "seed": 1, "num_threads": 1}
model = lightgbm.train(options, lightgbm.Dataset(x[:fit], y), trees)
model.save_model(str(folder / "model.txt"))
exported = onnxmltools.convert_lightgbm(model, initial_types=[("x", FloatTensorType([None, FEATURES]))], zipmap=False, target_opset=15)
other_file = folder / "onnxmltools.onnx"
other_file.write_bytes(exported.SerializeToString())
x32 = x.astype(np.float32)
x.T.copy().tofile(folder / "rows.bin")
print("ready", lightgbm.__version__, onnxruntime.__version__, onnxmltools.__version__, flush=True)
sessions = {}


def session(threads, file):
    if (threads, file) not in sessions:
        setting = onnxruntime.SessionOptions()
        setting.intra_op_num_threads = threads
        sessions[threads, file] = onnxruntime.InferenceSession(file, setting, providers=["CPUExecutionProvider"])
    return sessions[threads, file]


for line in sys.stdin:
    what, *args = line.split()
    if what == "scores":
        model.predict(x, raw_score=True).tofile(folder / "scores.bin")
        print("written", flush=True)
        continue
    if what == "onnxmltools":
        one = session(int(args[0]), str(other_file))
        began = time.perf_counter()
        one.run(["probabilities"], {"x": x32})
    elif what == "onnxruntime":
        one = session(int(args[0]), args[1])
        # Columns as the exported graph takes them: float64 [rows, 1].
        inputs = {each.name: np.ascontiguousarray(x[:, i : i + 1]) for i, each in enumerate(one.get_inputs())}
        began = time.perf_counter()
        one.run(None, inputs)
    else:
        began = time.perf_counter()
        model.predict(x, num_threads=int(args[0]))
    print(time.perf_counter() - began, flush=True)
