"""What traps.py and audit_peers.py have in common: how the data checkers are called, with what the user declared."""


def deepchecks_dataset(frame, target, label_type, time=None, group=None, like=None):
    """like: the training rows, whose categorical features the test rows share (each part alone would guess its own)."""
    from deepchecks.tabular import Dataset

    known = {} if like is None else {"cat_features": like.cat_features}
    if time is not None:
        known["datetime_name"] = time
    if group is not None:
        known["index_name"] = group
    return Dataset(frame, label=target, label_type=label_type, **known)


def failed_conditions(result):
    """(name of the check, details) of each condition that failed or warned."""
    return [
        (type(one.check).__name__, condition.details)
        for one in result.results
        for condition in getattr(one, "conditions_results", None) or []
        if condition.category.value in ("FAIL", "WARN")
    ]


def evidently_report():
    from evidently import Report
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

    counts = [ConstantColumnsCount(), AlmostConstantColumnsCount(), DuplicatedColumnsCount(), AlmostDuplicatedColumnsCount()]
    return Report([*counts, DuplicatedRowCount(), EmptyRowsCount(), EmptyColumnsCount(), DataSummaryPreset()])


def cleanlab_features(frame, target):
    """A matrix of numbers for models and neighbours: numbers on one scale, names of up to 50 levels one column a level."""
    import pandas as pd
    from sklearn.compose import make_column_transformer
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    features = [name for name in frame.columns if name != target]
    numbers = [name for name in features if pd.api.types.is_numeric_dtype(frame[name]) and frame[name].notna().any()]
    names = [name for name in features if not pd.api.types.is_numeric_dtype(frame[name]) and frame[name].nunique() <= 50]
    prepare = make_column_transformer(
        (make_pipeline(SimpleImputer(), StandardScaler()), numbers),
        (OneHotEncoder(handle_unknown="ignore", sparse_output=False), names),
    )
    return prepare.fit_transform(pd.concat([frame[numbers], frame[names].astype(str)], axis=1))


def cleanlab_issues(features, labels, task, took=lambda part: None):
    """Every issue type of Datalab, with the predictions of a linear model from five folds."""
    from cleanlab import Datalab
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.model_selection import cross_val_predict

    if task == "regression":
        values = labels.to_numpy(float)
        predicted = cross_val_predict(Ridge(), features, values, cv=5)
        took("model")
        lab = Datalab({"y": values}, label_name="y", task="regression", verbosity=0)
    else:
        predicted = cross_val_predict(LogisticRegression(max_iter=500), features, labels.astype(str), cv=5, method="predict_proba")
        took("model")
        lab = Datalab({"y": labels.astype(str).tolist()}, label_name="y", verbosity=0)
    lab.find_issues(features=features, pred_probs=predicted)
    return lab
