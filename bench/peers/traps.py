"""What well-known data checkers find of the traps that bench/traps plants, in what time and with what memory.

Each tool in a virtual environment of its own, since their requirements contradict each other (Python 3.11):
    deepchecks 0.19.1 ("scikit-learn<1.5" "numpy<2" "pandas<2.3" "category-encoders<2.7" "setuptools<81"), cleanlab[datalab] 2.9.0,
    ydata-profiling 4.18.4 ("setuptools<81"), evidently 0.7.23 ("pandas<2.3")
    node /tmp/traps.mjs --tables 1 --real FOLDER --shift 16000 --strong --export TABLES        (bench/traps/run.ts)
    python bench/peers/traps.py TOOL TABLES OUT.json
    node /tmp/peers.mjs OURS.json OUT.json...                                    (bench/traps/peers.ts)

Declared are the target, and where Oldhand is told of it the time or the group; nothing else. A claim stands for every trap that its words may mean (the sets
below), and counts as found when one of them was planted in one of its columns, or somewhere where it names no column; so the tools get the benefit of the doubt.
What stands for no trap (a passed condition, a plain statistic) is no claim. Facts of the table that were not planted are no false claims, of Oldhand neither.
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
from importlib.metadata import version

from checkers import cleanlab_features, cleanlab_issues, deepchecks_dataset, evidently_report, failed_conditions

warnings.filterwarnings("ignore")
os.environ.setdefault("TQDM_DISABLE", "1")

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

LEAKS = {"target-leak", "post-outcome", "sibling-target", "combination-leak", "partial-leak", "future-leak", "preprocessing-leak", "site-effect", "order-leak"}
COPIES = {"duplicate-column", "derived-column", "multicollinear"}
SPELLINGS = {"spelling-variant", "label-variant", "encoding"}
ROWS = {"duplicate-row", "oversampled", "hidden-duplicate", "near-duplicate", "empty-row"}
SHIFT = {"covariate-shift", "sampling-bias", "concept-shift", "label-shift-in-time"}
CARDINALITY = {"high-cardinality", "identifier", "unread-text", "personal-data"}
GAPS = {"missing", "missing-label", "missingness-leak", "structural-missing", "empty-column", "empty-row"}
FAR = {"outlier", "impossible-value", "sentinel", "unit-mix", "appended-rows", "skewed"}
CLASSES = {"imbalance", "rare-class"}


def deepchecks(frame, table, test, more=False):
    """more: with the checks of the package that its suites leave out, and a condition that they leave open, at the limits that it has for them."""
    from deepchecks.tabular.checks import ClassImbalance, OutlierSampleDetection, PercentOfNulls
    from deepchecks.tabular.suites import data_integrity, train_test_validation

    meaning = {
        "IsSingleValue": {"constant", "empty-column"},
        "SpecialCharacters": {"null-spelling", "encoding"},
        "MixedNulls": {"null-spelling"},
        "MixedDataTypes": {"mixed-types", "text-number", "null-spelling"},
        "StringMismatch": SPELLINGS,
        "DataDuplicates": ROWS,
        "StringLengthOutOfBounds": {"mixed-types", "encoding", "spelling-variant"},
        "ConflictingLabels": {"conflicting-label", "wrong-label"},
        "OutlierSampleDetection": FAR,
        "FeatureLabelCorrelation": LEAKS,
        "FeatureFeatureCorrelation": COPIES,
        "IdentifierLabelCorrelation": {"identifier", "time-leak", "group-leak"} | LEAKS,
        "ClassImbalance": CLASSES,
        "PercentOfNulls": GAPS,
        "TrainTestSamplesMix": {"split-overlap"},
        "NewCategoryTrainTest": {"new-category"},
        "NewLabelTrainTest": {"label-variant"},
        "StringMismatchComparison": SPELLINGS,
        "FeatureDrift": SHIFT | {"new-category"},
        "LabelDrift": SHIFT,
        "MultivariateDrift": SHIFT | {"new-category"},
        "FeatureLabelCorrelationChange": {"concept-shift"} | LEAKS,
        "DateTrainTestLeakageDuplicates": {"split-time-overlap"},
        "DateTrainTestLeakageOverlap": {"split-time-overlap"},
        "IndexTrainTestLeakage": {"split-group-overlap"},
    }
    target, task, time_, group = table["target"], table["task"], table["time"], table["group"]
    data = deepchecks_dataset(frame, target, task, time_, group)
    suite = data_integrity()
    if more:
        suite.add(PercentOfNulls().add_condition_percent_of_nulls_not_greater_than())
        suite.add(OutlierSampleDetection().add_condition_outlier_ratio_less_or_equal())
        suite.add(ClassImbalance().add_condition("the rarest class is a tenth of the most frequent one", rare_class))
    said = failed_conditions(suite.run(data))
    if test is not None:
        said += failed_conditions(train_test_validation().run(data, deepchecks_dataset(test, target, task, time_, group, like=data)))
    return [(name, meaning.get(name, set()), named_in(details, frame)) for name, details in said]


def rare_class(counts):
    """The condition that deepchecks 0.19.1 has for this warns where the classes are balanced; here it is as it is meant."""
    from deepchecks.core import ConditionCategory, ConditionResult

    ratio = min(counts.values()) / max(counts.values())
    return ConditionResult(ConditionCategory.WARN if ratio < 0.1 else ConditionCategory.PASS, f"ratio {ratio:.3f}")


def named_in(text, frame):
    """Columns whose names stand in the text between quotes, commas or brackets."""
    return [name for name in frame.columns if f"'{name}'" in text or f'"{name}"' in text or f" {name}," in text or f"[{name}" in text]


CLEANLAB = {
    "label": {"wrong-label", "conflicting-label"},
    "outlier": FAR,
    "near_duplicate": ROWS,
    "non_iid": {"order-leak", "time-leak", "group-leak", "appended-rows", "label-shift-in-time"},
    "class_imbalance": CLASSES,
    "null": {"missing", "empty-row", "empty-column"},
    "underperforming_group": {"site-effect", "group-leak"},
}


def cleanlab(frame, table, test, least=0.0):
    """Issue types with at least one row: that is what its summary lists. least: with more than this share of the rows."""
    known = frame[frame[table["target"]].notna()].reset_index(drop=True)
    lab = cleanlab_issues(cleanlab_features(known, table["target"]), known[table["target"]], table["task"])
    claims = []
    for one in lab.get_issue_summary().itertuples():
        # non_iid is a statement on the table; it marks one row.
        if one.num_issues > 0 and (one.issue_type == "non_iid" or one.num_issues > least * len(known)):
            claims.append((one.issue_type, CLEANLAB.get(one.issue_type, set()), []))
    return claims


def deepchecks_more(frame, table, test):
    return deepchecks(frame, table, test, more=True)


def cleanlab_most(frame, table, test):
    return cleanlab(frame, table, test, least=0.05)


def ydata(frame, table, test):
    from ydata_profiling import ProfileReport

    target = table["target"]

    def of(kind, column):
        if kind == "IMBALANCE":
            return CLASSES if column == target else {"near-constant"}
        return {
            "CONSTANT": {"constant", "near-constant"},
            "ZEROS": {"zero-inflated", "sentinel", "unobserved-as-zero", "structural-missing"},
            "HIGH_CARDINALITY": CARDINALITY,
            "SKEWED": FAR,
            "MISSING": GAPS,
            "UNIQUE": CARDINALITY,
            "UNIFORM": {"identifier"},
            "DUPLICATES": ROWS,
            "UNSUPPORTED": {"mixed-types", "empty-column"},
            "EMPTY": {"empty-column"},
            "REJECTED": {"constant"},
            "INFINITE": {"impossible-value"},
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


def evidently(frame, table, test):
    from evidently import Dataset, Report
    from evidently.presets import DataDriftPreset

    meaning = {
        "ConstantColumnsCount": {"constant", "empty-column"},
        "AlmostConstantColumnsCount": {"near-constant", "constant"},
        "DuplicatedColumnsCount": {"duplicate-column"},
        "AlmostDuplicatedColumnsCount": COPIES,
        "DuplicatedRowCount": ROWS,
        "EmptyColumnsCount": {"empty-column"},
        "EmptyRowsCount": {"empty-row"},
    }
    claims = []
    for metric in evidently_report().run(Dataset.from_pandas(frame), None).dict()["metrics"]:
        name = str(metric["metric_name"])
        value = metric["value"]
        count = value.get("count") if isinstance(value, dict) else value
        kind = name.split("(")[0]
        if kind in meaning and isinstance(count, (int, float)) and count > 0:
            claims.append((kind, meaning[kind], []))
        if kind == "MissingValueCount" and isinstance(count, (int, float)) and count > 0:
            column = name.split("column=")[-1].split(",")[0].rstrip(")")
            claims.append((kind, GAPS, [column]))
    if test is not None:
        drift = Report([DataDriftPreset()], include_tests=True).run(Dataset.from_pandas(test), Dataset.from_pandas(frame)).dict()
        for one in drift["tests"]:
            if str(one["status"]).endswith("FAIL"):
                claims.append(("drift", SHIFT | {"new-category"}, [name for name in frame.columns if str(name) in one["name"]]))
    return list({(kind, tuple(columns)): (kind, traps, columns) for kind, traps, columns in claims}.values())


TOOLS = {
    "deepchecks": deepchecks,
    "deepchecks-more": deepchecks_more,
    "cleanlab": cleanlab,
    "cleanlab-most": cleanlab_most,
    "ydata-profiling": ydata,
    "evidently": evidently,
}
PACKAGES = {"cleanlab-most": "cleanlab", "deepchecks-more": "deepchecks"}


def touches(columns, planted):
    return not columns or not planted or any(name in planted for name in columns)


def is_caught(traps, columns, sown):
    """Whether the claim is of the trap, or of another face of it, on its columns."""
    if sown["trap"] in traps and touches(columns, sown["columns"]):
        return True
    own = [*sown["columns"], *sown["beside"]] if sown["columns"] else []
    return bool(set(sown["also"]) & traps) and touches(columns, own)


def main(tool, folder, out):
    with open(os.path.join(folder, "planted.json"), encoding="utf8") as file:
        tables = json.load(file)
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
                claims = TOOLS[tool](frame, table, test)
        except Exception as error:  # noqa: BLE001 - whatever a tool throws at a table is a result
            failures.append({"where": table["where"], "error": f"{type(error).__name__}: {str(error)[:200]}"})
            if os.environ.get("TRACE"):
                traceback.print_exc()
        seconds.append(time.perf_counter() - began)
        # What stands for no trap is a plain statistic.
        claims = [one for one in claims if one[1]]
        sown = table["sown"]
        for one in sown:
            found = any(one["trap"] in traps and touches(columns, one["columns"]) for _, traps, columns in claims)
            also = any(is_caught(traps, columns, one) for _, traps, columns in claims)
            tries.append({"trap": one["trap"], "where": table["where"], "found": found, "caught": found or also})
        for name, traps, columns in claims:
            real = any(is_caught(traps, columns, one) for one in sown) or any(
                fact["trap"] in traps and touches(columns, fact["columns"]) for fact in table["facts"]
            )
            claimed.append({"claim": name, "columns": columns, "real": real, "where": table["where"]})
        touched = {name for one in sown for name in [*one["columns"], *one["beside"]]}
        clean_columns += sum(name != table["target"] and name not in touched for name in table["columns"])
    made_up = sum(not one["real"] for one in claimed)
    result = {
        "tool": tool,
        "version": version(PACKAGES.get(tool, tool)),
        "python": sys.version.split()[0],
        "tables": len(tables),
        "planted": len(tries),
        "found": sum(one["found"] for one in tries),
        "caught": sum(one["caught"] for one in tries),
        "claims": len(claimed),
        "real": len(claimed) - made_up,
        "cleanColumns": clean_columns,
        "medianSeconds": round(float(np.median(seconds)), 3),
        "peakMemoryMB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "tries": tries,
        "madeUp": counted(one["claim"] for one in claimed if not one["real"]),
        "failures": failures,
    }
    with open(out, "w", encoding="utf8") as file:
        json.dump(result, file, indent=1)
        file.write("\n")


def counted(names):
    counts = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items(), key=lambda one: -one[1]))


if __name__ == "__main__":
    main(*sys.argv[1:4])
