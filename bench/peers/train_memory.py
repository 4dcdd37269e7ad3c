"""Loads a table that bench/speed/train-memory.ts wrote, trains LightGBM on it once and prints the process's memory as JSON (MB).

pip install lightgbm==4.7.0 numpy
python train_memory.py FOLDER THREADS ROUNDS
"""
import json
import sys
import time

import lightgbm
import numpy as np


def memory(word):
    with open("/proc/self/status", encoding="utf8") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith(word))


folder, threads, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with open(f"{folder}/shape.json", encoding="utf8") as file:
    shape = json.load(file)
# Row by row, as LightGBM takes it without a copy.
x = np.fromfile(f"{folder}/rows.f64").reshape(shape["rows"], shape["features"])
y = np.fromfile(f"{folder}/y.f64")
loaded = memory("VmRSS")
started = time.perf_counter()
data = lightgbm.Dataset(x, y, categorical_feature=shape["categorical"] or "auto")
lightgbm.train({"objective": "binary", "verbose": -1, "num_threads": threads}, data, rounds)
print(json.dumps({"loadedMb": loaded, "peakMb": memory("VmHWM"), "seconds": time.perf_counter() - started, "lightgbm": lightgbm.__version__}))
