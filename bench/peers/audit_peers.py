"""One data checker on one table, in a process of its own: how long each part took and how much it said.

    python bench/peers/audit_peers.py TOOL FILE.csv TARGET

Tools and versions as in bench/peers/traps.py, each in a virtual environment of its own. What a tool does is everything that it does of itself on such a file:
    deepchecks-integrity  the suite data_integrity on the whole file
    deepchecks            the same, and train_test_validation of its first four fifths against the rest
    ydata-minimal         ProfileReport(minimal=True).get_description(): statistics of each column and alerts; no page is written
    ydata                 the same with its defaults: correlations, interactions, missing values, duplicates
    evidently             the counts of traps.py and DataSummaryPreset
    cleanlab              logistic regression in five folds for the probabilities, then every issue type of Datalab
Nothing is written to disk, and no page is made: that is for the tools.
"""

import contextlib
import io
import json
import os
import sys
import time
import warnings
from importlib.metadata import version

from checkers import cleanlab_features, cleanlab_issues, deepchecks_dataset, evidently_report, failed_conditions

warnings.filterwarnings("ignore")
os.environ.setdefault("TQDM_DISABLE", "1")

BEGAN = time.perf_counter()


def deepchecks_integrity(frame, target, took):
    from deepchecks.tabular.suites import data_integrity

    took("imports")
    result = data_integrity().run(deepchecks_dataset(frame, target, "binary"))
    took("integrity")
    return len(failed_conditions(result))


def deepchecks(frame, target, took):
    from deepchecks.tabular.suites import train_test_validation

    said = deepchecks_integrity(frame, target, took)
    cut = len(frame) * 4 // 5
    train = deepchecks_dataset(frame[:cut], target, "binary")
    result = train_test_validation().run(train, deepchecks_dataset(frame[cut:], target, "binary", like=train))
    took("train-test")
    return said + len(failed_conditions(result))


def ydata(frame, target, took, minimal=False):
    from ydata_profiling import ProfileReport

    took("imports")
    description = ProfileReport(frame, minimal=minimal, progress_bar=False).get_description()
    took("profile")
    return len(description.alerts)


def ydata_minimal(frame, target, took):
    return ydata(frame, target, took, minimal=True)


def evidently(frame, target, took):
    from evidently import Dataset

    report = evidently_report()
    took("imports")
    said = len(report.run(Dataset.from_pandas(frame), None).dict()["metrics"])
    took("report")
    return said


def cleanlab(frame, target, took):
    import cleanlab as _  # noqa: F401
    import sklearn.linear_model as _  # noqa: F401

    took("imports")
    lab = cleanlab_issues(cleanlab_features(frame, target), frame[target], "binary", took)
    took("issues")
    return int((lab.get_issue_summary()["num_issues"] > 0).sum())


TOOLS = {
    "deepchecks-integrity": (deepchecks_integrity, "deepchecks"),
    "deepchecks": (deepchecks, "deepchecks"),
    "ydata-minimal": (ydata_minimal, "ydata-profiling"),
    "ydata": (ydata, "ydata-profiling"),
    "evidently": (evidently, "evidently"),
    "cleanlab": (cleanlab, "cleanlab"),
}


def main(tool, path, target):
    parts = {}
    last = BEGAN

    def took(part):
        nonlocal last
        now = time.perf_counter()
        parts[part] = round(now - last, 3)
        last = now

    run, package = TOOLS[tool]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        import pandas as pd

        took("pandas")
        frame = pd.read_csv(path)
        took("read")
        said = run(frame, target, took)
    print(json.dumps({"version": version(package), "python": sys.version.split()[0], "pandas": pd.__version__, "parts": parts, "said": said}))


if __name__ == "__main__":
    main(*sys.argv[1:4])
