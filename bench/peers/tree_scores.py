"""The models of bench/tree-scores.ts in LightGBM and scikit-learn, on the same folds.

    python bench/peers/tree_scores.py <folder of CSV files> <what bench/tree-scores.ts printed> [<set> ...]

Prints for each set and model the mean score in points (hundredths of accuracy or R2) of both sides, the mean difference
(refit less the other) and its standard error: both over seeds, each of which shuffles the same five folds for all.
"""
import json
import pathlib
import sys

import numpy as np
import pandas as pd
from lightgbm import LGBMClassifier, LGBMRegressor
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor, RandomForestClassifier, RandomForestRegressor
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score

SEEDS = 5
folder, ours = pathlib.Path(sys.argv[1]), json.loads(pathlib.Path(sys.argv[2]).read_text())


def lightgbm(classified):
    return (LGBMClassifier if classified else LGBMRegressor)(n_estimators=100, num_leaves=31, learning_rate=0.1, min_child_samples=20, n_jobs=1, verbose=-1)


def boosting(classified):
    return (HistGradientBoostingClassifier if classified else HistGradientBoostingRegressor)(early_stopping=False)


def forest(classified, seed):
    return (RandomForestClassifier if classified else RandomForestRegressor)(random_state=seed, n_jobs=1)


def scores(model, X, y, classified):
    splitter = StratifiedKFold if classified else KFold
    return [cross_val_score(model(seed), X, y, cv=splitter(5, shuffle=True, random_state=seed), scoring="accuracy" if classified else "r2").mean()
            for seed in range(SEEDS)]


def show(name, peer, own, theirs):
    own, theirs = 100 * np.array(own), 100 * np.array(theirs)
    difference = own - theirs
    print(f"{name:42} {own.mean():8.3f}  {peer:13} {theirs.mean():8.3f}  difference {difference.mean():+.3f} ± {difference.std(ddof=1) / SEEDS ** 0.5:.3f}", flush=True)


for name, found in ours.items():
    if sys.argv[3:] and name not in sys.argv[3:]:
        continue
    # The default reads some numbers one unit in the last place off.
    rows = pd.read_csv(folder / f"{name}.csv", float_precision="round_trip")
    y = rows.pop("target")
    classified = not pd.api.types.is_numeric_dtype(y)
    words = [column for column in rows if not pd.api.types.is_numeric_dtype(rows[column])]
    native = rows.assign(**{column: rows[column].astype("category") for column in words})
    coded = native.assign(**{column: native[column].cat.codes.astype(float).replace(-1, np.nan) for column in words}).astype(float)
    for categories, X in (("native", native), ("coded", coded)):
        if categories == "native" and not words:
            continue
        own = found[f"boosting, {categories} categories"]
        title = f"{name}: boosting, {categories} categories" if words else f"{name}: boosting"
        show(title, "LightGBM", own, scores(lambda seed: lightgbm(classified), X, y, classified))
        show(title, "scikit-learn", own, scores(lambda seed: boosting(classified), X, y, classified))
    show(f"{name}: forest", "scikit-learn", found["forest"], scores(lambda seed: forest(classified, seed), coded, y, classified))
