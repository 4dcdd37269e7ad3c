"""What well-known data checkers find of the traps that bench/traps plants, in what time and with what memory.

Each tool in a virtual environment of its own, since their requirements contradict each other:
    deepchecks 0.19.1 ("scikit-learn<1.5" "numpy<2" "pandas<2.3" "category-encoders<2.7"), cleanlab 2.9.0, ydata-profiling 4.x, evidently 0.7.23 ("pandas<2.3")
    node /tmp/traps.mjs --tables 1 --export /tmp/tables        (bench/traps/run.ts)
    python bench/peers/traps.py TOOL /tmp/tables OUT.json [--strong]

The target is declared, and nothing else, as to Oldhand. A claim stands for every trap that its words may mean (the sets below), and counts as found when one of
them was planted in one of its columns; so the tools get the benefit of the doubt. What says nothing is wrong (a passed condition, a plain statistic) is no
claim. --strong: only the tables with one trap at full strength, and the clean ones.
"""

import contextlib
import io
import json
import os
import resource
import sys
import time
import traceback
import warnings

warnings.filterwarnings("ignore")
os.environ.setdefault("TQDM_DISABLE", "1")

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

LEAKS = {"target-leak", "post-outcome", "sibling-target", "combination-leak", "partial-leak", "future-leak"}
COPIES = {"duplicate-column", "derived-column", "multicollinear"}
SPELLINGS = {"spelling-variant", "label-variant", "encoding"}
ROWS = {"duplicate-row", "oversampled", "hidden-duplicate"}
SHIFT = {"covariate-shift", "sampling-bias", "concept-shift"}
CARDINALITY = {"high-cardinality", "identifier"}


def deepchecks(frame, target, task, test):
    from deepchecks.tabular import Dataset
    from deepchecks.tabular.suites import data_integrity, train_test_validation

    meaning = {
        "IsSingleValue": {"constant", "empty-column"},
        "SpecialCharacters": {"null-spelling", "encoding"},
        "MixedNulls": {"null-spelling"},
        "MixedDataTypes": {"mixed-types", "text-number", "null-spelling"},
        "StringMismatch": SPELLINGS,
        "DataDuplicates": ROWS,
        "StringLengthOutOfBounds": {"mixed-types", "encoding", "spelling-variant"},
        "ConflictingLabels": {"conflicting-label"},
        "OutlierSampleDetection": {"outlier", "impossible-value", "sentinel", "unit-mix", "appended-rows"},
        "FeatureLabelCorrelation": LEAKS,
        "FeatureFeatureCorrelation": COPIES,
        "IdentifierLabelCorrelation": {"identifier", "order-leak"} | LEAKS,
        "ClassImbalance": {"imbalance", "rare-class"},
        "PercentOfNulls": {"missing", "empty-column"},
        "TrainTestSamplesMix": {"split-overlap"},
        "NewCategoryTrainTest": {"new-category"},
        "NewLabelTrainTest": {"label-variant"},
        "StringMismatchComparison": SPELLINGS,
        "FeatureDrift": SHIFT,
        "LabelDrift": SHIFT,
        "MultivariateDrift": SHIFT,
        "FeatureLabelCorrelationChange": {"concept-shift"} | LEAKS,
        "DatasetsSizeComparison": set(),
        "DateTrainTestLeakageDuplicates": {"split-time-overlap"},
        "DateTrainTestLeakageOverlap": {"split-time-overlap"},
        "IndexTrainTestLeakage": {"split-group-overlap"},
    }
    label_type = {"regression": "regression", "binary": "binary", "multiclass": "multiclass"}[task]
    data = Dataset(frame, label=target, label_type=label_type)
    results = list(data_integrity().run(data).results)
    if test is not None:
        results += list(train_test_validation().run(data, Dataset(test, label=target, label_type=label_type)).results)
    claims = []
    for result in results:
        name = type(getattr(result, "check", None)).__name__
        for condition in getattr(result, "conditions_results", None) or []:
            if condition.category.value not in ("FAIL", "WARN"):
                continue
            claims.append((name, meaning.get(name, set()), named_in(condition.details, frame)))
    return claims


def named_in(text, frame):
    """Columns whose names stand in the text between quotes, commas or brackets."""
    return [name for name in frame.columns if f"'{name}'" in text or f'"{name}"' in text or f" {name}," in text or f"[{name}" in text]


def cleanlab(frame, target, task, test):
    from cleanlab import Datalab
    from sklearn.compose import make_column_transformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.model_selection import cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    meaning = {
        "label": {"wrong-label"},
        "outlier": {"outlier", "impossible-value", "sentinel", "unit-mix", "appended-rows"},
        "near_duplicate": {"near-duplicate"} | ROWS,
        "non_iid": {"order-leak", "time-leak", "group-leak", "appended-rows"},
        "class_imbalance": {"imbalance", "rare-class"},
        "null": {"missing", "empty-row", "empty-column"},
        "underperforming_group": {"site-effect"},
    }
    known = frame[frame[target].notna()].reset_index(drop=True)
    numbers = [name for name in known.columns if name != target and pd.api.types.is_numeric_dtype(known[name]) and known[name].notna().any()]
    names = [name for name in known.columns if name != target and name not in numbers and known[name].nunique() <= 50]
    prepare = make_column_transformer(
        (make_pipeline(SimpleImputer(), StandardScaler()), numbers),
        (OneHotEncoder(handle_unknown="ignore", sparse_output=False), names),
    )
    text = known[names].astype(str)
    features = prepare.fit_transform(pd.concat([known[numbers], text], axis=1))
    if task == "regression":
        predicted = cross_val_predict(Ridge(), features, known[target], cv=5)
        lab = Datalab({"y": known[target].to_numpy(float)}, label_name="y", task="regression", verbosity=0)
        lab.find_issues(features=features, pred_probs=predicted)
    else:
        labels = known[target].astype(str)
        predicted = cross_val_predict(LogisticRegression(max_iter=500), features, labels, cv=5, method="predict_proba")
        lab = Datalab({"y": labels.tolist()}, label_name="y", verbosity=0)
        lab.find_issues(features=features, pred_probs=predicted)
    summary = lab.get_issue_summary()
    # cleanlab lists whatever has at least one row; that is what a user sees.
    return [(one.issue_type, meaning.get(one.issue_type, set()), []) for one in summary.itertuples() if one.num_issues > 0]


def ydata(frame, target, task, test):
    from ydata_profiling import ProfileReport

    def of(kind, column):
        if kind in ("IMBALANCE",):
            return {"imbalance", "rare-class"} if column == target else {"near-constant"}
        return {
            "CONSTANT": {"constant", "near-constant"},
            "ZEROS": {"zero-inflated", "sentinel", "unobserved-as-zero", "structural-missing"},
            "HIGH_CORRELATION": COPIES | LEAKS,
            "HIGH_CARDINALITY": CARDINALITY,
            "SKEWED": {"skewed", "impossible-value", "outlier", "sentinel", "unit-mix"},
            "MISSING": {"missing", "missing-label"},
            "UNIQUE": CARDINALITY,
            "UNIFORM": {"identifier"},
            "DUPLICATES": ROWS,
            "NEAR_DUPLICATES": {"near-duplicate"},
            "UNSUPPORTED": {"mixed-types", "empty-column"},
            "EMPTY": {"empty-column"},
            "REJECTED": {"constant"},
            "TYPE_DATE": {"text-date"},
            "INFINITE": {"impossible-value"},
            "NON_STATIONARY": {"time-leak"},
            "SEASONAL": {"time-leak"},
        }.get(kind, set())

    description = ProfileReport(frame, progress_bar=False).get_description()
    claims = []
    for alert in description.alerts:
        kind, column = alert.alert_type.name, alert.column_name
        columns = [] if column is None else [column]
        if kind == "HIGH_CORRELATION":
            fields = [one for one in (alert.values or {}).get("fields", [])]
            # A correlation with the target is one of two columns: either may be meant.
            claims.append((kind, (LEAKS if target in [column, *fields] else set()) | COPIES, [*columns, *fields]))
        else:
            claims.append((kind, of(kind, column), columns))
    return claims


def evidently(frame, target, task, test):
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
    from evidently.presets import DataDriftPreset, DataSummaryPreset

    meaning = {
        "ConstantColumnsCount": {"constant", "empty-column"},
        "AlmostConstantColumnsCount": {"near-constant"},
        "DuplicatedColumnsCount": {"duplicate-column"},
        "AlmostDuplicatedColumnsCount": COPIES,
        "DuplicatedRowCount": ROWS,
        "EmptyColumnsCount": {"empty-column"},
        "EmptyRowsCount": {"empty-row"},
    }
    counts = [ConstantColumnsCount(), AlmostConstantColumnsCount(), DuplicatedColumnsCount(), AlmostDuplicatedColumnsCount()]
    counts += [DuplicatedRowCount(), EmptyRowsCount(), EmptyColumnsCount(), DataSummaryPreset()]
    report = Report(counts).run(Dataset.from_pandas(frame), None).dict()
    claims = []
    for metric in report["metrics"]:
        name = str(metric["metric_name"])
        value = metric["value"]
        count = value.get("count") if isinstance(value, dict) else value
        kind = name.split("(")[0]
        if kind in meaning and isinstance(count, (int, float)) and count > 0:
            claims.append((kind, meaning[kind], []))
        if kind == "MissingValueCount" and isinstance(count, (int, float)) and count > 0:
            column = name.split("column=")[-1].split(",")[0].rstrip(")")
            claims.append((kind, {"missing", "missing-label", "empty-column"}, [column]))
    if test is not None:
        drift = Report([DataDriftPreset()], include_tests=True).run(Dataset.from_pandas(test), Dataset.from_pandas(frame)).dict()
        for one in drift["tests"]:
            if str(one["status"]).endswith("FAIL"):
                claims.append(("drift", SHIFT | {"new-category"}, [name for name in frame.columns if str(name) in one["name"]]))
    return claims


TOOLS = {"deepchecks": deepchecks, "cleanlab": cleanlab, "ydata-profiling": ydata, "evidently": evidently}


def touches(columns, planted):
    return not columns or not planted or any(name in planted for name in columns)


def main(tool, folder, out, strong):
    with open(os.path.join(folder, "planted.json"), encoding="utf8") as file:
        tables = json.load(file)
    if strong:
        tables = [one for one in tables if len(one["sown"]) == 0 or (len(one["sown"]) == 1 and one["sown"][0]["strength"] == 1)]
    tries, claimed, seconds, failures = [], [], [], []
    clean_columns = 0
    for number, table in enumerate(tables):
        print(f"{number + 1} of {len(tables)} {table['where']}", file=sys.stderr, flush=True)
        began = time.perf_counter()
        claims = []
        try:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                path = os.path.join(folder, table["name"])
                frame = pd.read_csv(f"{path}.csv")
                test = pd.read_csv(f"{path}-test.csv") if table["test"] else None
                claims = TOOLS[tool](frame, table["target"], table["task"], test)
        except Exception as error:  # noqa: BLE001 - whatever a tool throws at a table is a result
            failures.append({"where": table["where"], "error": f"{type(error).__name__}: {str(error)[:200]}"})
            if os.environ.get("TRACE"):
                traceback.print_exc()
        seconds.append(time.perf_counter() - began)
        sown = table["sown"]
        for one in sown:
            found = any(one["trap"] in traps and touches(columns, one["columns"]) for _, traps, columns in claims)
            also = any(set(one["also"]) & traps and touches(columns, one["columns"]) for _, traps, columns in claims)
            tries.append({"trap": one["trap"], "strength": one["strength"], "with": len(sown), "found": found, "caught": found or also})
        for name, traps, columns in claims:
            real = any(({one["trap"], *one["also"]} & traps) and touches(columns, one["columns"]) for one in sown)
            claimed.append({"claim": name, "columns": columns, "real": real, "where": table["where"]})
        touched = {name for one in sown for name in one["columns"]}
        clean_columns += sum(name != table["target"] and name not in touched for name in table["columns"])
    made_up = sum(not one["real"] for one in claimed)
    by_trap = {}
    for one in tries:
        by_trap.setdefault(one["trap"], []).append(one["caught"])
    result = {
        "tool": tool,
        "python": sys.version.split()[0],
        "tables": len(tables),
        "planted": len(tries),
        "recall": share(sum(one["found"] for one in tries), len(tries)),
        "caught": share(sum(one["caught"] for one in tries), len(tries)),
        "recallAtFullStrength": share(*of(tries, lambda one: one["strength"] == 1)),
        "claims": len(claimed),
        "precision": share(len(claimed) - made_up, len(claimed)),
        "cleanColumns": clean_columns,
        "falseAlarmsPer100CleanColumns": share(100 * made_up, clean_columns),
        "medianSeconds": round(float(np.median(seconds)), 3),
        "peakMemoryMB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "traps": {trap: share(sum(values), len(values)) for trap, values in sorted(by_trap.items())},
        "failures": failures,
    }
    with open(out, "w", encoding="utf8") as file:
        json.dump(result, file, indent=1)
        file.write("\n")


def of(tries, keep):
    kept = [one for one in tries if keep(one)]
    return sum(one["found"] for one in kept), len(kept)


def share(part, whole):
    return None if whole == 0 else round(part / whole, 3)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], "--strong" in sys.argv)
