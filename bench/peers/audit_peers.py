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

warnings.filterwarnings("ignore")
os.environ.setdefault("TQDM_DISABLE", "1")

BEGAN = time.perf_counter()


def deepchecks_integrity(frame, target, took):
    from deepchecks.tabular import Dataset
    from deepchecks.tabular.suites import data_integrity

    took("imports")
    result = data_integrity().run(Dataset(frame, label=target, label_type="binary"))
    took("integrity")
    return failed(result)


def deepchecks(frame, target, took):
    from deepchecks.tabular import Dataset
    from deepchecks.tabular.suites import train_test_validation

    said = deepchecks_integrity(frame, target, took)
    cut = len(frame) * 4 // 5
    train, test = (Dataset(part, label=target, label_type="binary") for part in (frame[:cut], frame[cut:]))
    result = train_test_validation().run(train, test)
    took("train-test")
    return said + failed(result)


def failed(result):
    return sum(
        condition.category.value in ("FAIL", "WARN")
        for one in result.results
        for condition in getattr(one, "conditions_results", None) or []
    )


def ydata(frame, target, took, minimal=False):
    from ydata_profiling import ProfileReport

    took("imports")
    description = ProfileReport(frame, minimal=minimal, progress_bar=False).get_description()
    took("profile")
    return len(description.alerts)


def ydata_minimal(frame, target, took):
    return ydata(frame, target, took, minimal=True)


def evidently(frame, target, took):
    from evidently import Dataset, Report
    from evidently.metrics import (
        AlmostConstantColumnsCount,
        AlmostDuplicatedColumnsCount,
        ConstantColumnsCount,
        DuplicatedColumnsCount,
        DuplicatedRowCount,
        EmptyColumnsCount,
        EmptyRowsCount,
    )
    from evidently.presets import DataSummaryPreset

    took("imports")
    counts = [ConstantColumnsCount(), AlmostConstantColumnsCount(), DuplicatedColumnsCount(), AlmostDuplicatedColumnsCount()]
    counts += [DuplicatedRowCount(), EmptyRowsCount(), EmptyColumnsCount(), DataSummaryPreset()]
    report = Report(counts).run(Dataset.from_pandas(frame), None).dict()
    took("report")
    return len(report["metrics"])


def cleanlab(frame, target, took):
    import pandas as pd
    from cleanlab import Datalab
    from sklearn.compose import make_column_transformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    took("imports")
    numbers = [name for name in frame.columns if name != target and pd.api.types.is_numeric_dtype(frame[name])]
    names = [name for name in frame.columns if name != target and name not in numbers and frame[name].nunique() <= 50]
    prepare = make_column_transformer(
        (make_pipeline(SimpleImputer(), StandardScaler()), numbers),
        (OneHotEncoder(handle_unknown="ignore", sparse_output=False), names),
    )
    features = prepare.fit_transform(pd.concat([frame[numbers], frame[names].astype(str)], axis=1))
    labels = frame[target].astype(str)
    predicted = cross_val_predict(LogisticRegression(max_iter=500), features, labels, cv=5, method="predict_proba")
    took("model")
    lab = Datalab({"y": labels.tolist()}, label_name="y", verbosity=0)
    lab.find_issues(features=features, pred_probs=predicted)
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
