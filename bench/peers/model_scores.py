"""The models of bench/model-scores.ts in scikit-learn, on the same folds.

    python bench/peers/model_scores.py competitions <what bench/model-scores.ts printed> [<word of a model's name> ...]

Prints a table: the mean score of both sides over folds and seeds, the difference (refit less scikit-learn), the largest
difference of a fold, and the difference of the mean log losses where a model gives probabilities. Differences of models
that draw at random have their standard error over seeds. The exit status is 1 if a difference is beyond 0.002.
"""
import gzip
import json
import pathlib
import sys
import warnings

import numpy as np
import pandas as pd
import sklearn
from scored_models import CLASSIFIERS, REGRESSORS
from sklearn.base import clone
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.metrics import get_scorer
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler

warnings.filterwarnings("ignore")
BOUND = 0.002
folder, ours, only = pathlib.Path(sys.argv[1]), [json.loads(line) for line in pathlib.Path(sys.argv[2]).open()], sys.argv[3:]
spam, penguins, cars = (pd.read_csv(folder / name / "data" / "train.csv") for name in ("spam-detector", "penguins", "cars"))


def idx(name, start):
    return np.frombuffer(gzip.open(folder / "digits" / "data" / f"train-{name}-ubyte.gz").read()[start:], np.uint8)


def columns(*of):
    return np.column_stack(of).astype(float)


TEXTS = {
    "scaled": lambda: [TfidfVectorizer(min_df=3)],
    "nonNegative": lambda: [CountVectorizer(min_df=3)],
    "dense": lambda: [TfidfVectorizer(min_df=3), TruncatedSVD(30, algorithm="arpack", random_state=0)],
}
TABLES = {
    "scaled": lambda: [SimpleImputer(), StandardScaler()],
    "nonNegative": lambda: [SimpleImputer(), MinMaxScaler(clip=True)],
    "dense": lambda: [SimpleImputer(), StandardScaler()],
}
contents, words = spam.content.to_numpy(object), spam.content.str.split(" ").str.len().to_numpy()
digits = idx("labels-idx1", 8).astype(int)
sex, mass = penguins.sex.to_numpy(object), penguins.body_mass_g.to_numpy() / 1000
miles = cars.miles_per_gallon.to_numpy()
# By set and task: X, what there is to learn, what stands before a model, how many components.
SETS = {
    ("spam-detector", "classes"): (contents, dict(y=spam.label.to_numpy(), two=spam.label.to_numpy(), columns=columns(spam.label, words > 60)), TEXTS, 20),
    ("digits", "classes"): (idx("images-idx3", 16).reshape(-1, 64).astype(float), dict(y=digits, two=(digits % 2 == 0) * 1, columns=columns(digits % 2 == 0, digits >= 5)), TABLES, 20),
    ("penguins", "classes"): (penguins[["beak_length_mm", "beak_depth_mm", "flipper_length_mm", "body_mass_g"]].to_numpy(float),
                              dict(y=sex, two=sex, columns=columns(sex == "male", penguins.species == "Adelie")), TABLES, 2),
    ("spam-detector", "numbers"): (contents, dict(y=spam.label.to_numpy(), columns=columns(spam.label, np.log(words))), TEXTS, 20),
    ("cars", "numbers"): (cars[["cylinders", "displacement", "horsepower", "weight_lbs"]].to_numpy(float), dict(y=miles, columns=columns(miles, cars.acceleration)), TABLES, 2),
    ("penguins", "numbers"): (columns(penguins.beak_length_mm, penguins.beak_depth_mm, sex == "male"), dict(y=mass, columns=columns(mass, penguins.flipper_length_mm)), TABLES, 2),
}


def one_score(model, X, y):
    return model.score(X, y)


def judge(entry):
    """Scores and log losses, seeds × folds."""
    X, targets, fronts, components = SETS[entry["set"], entry["task"]]
    classes, rows = entry["task"] == "classes", entry["rows"]
    scored = (CLASSIFIERS if classes else REGRESSORS)[entry["model"]]
    y, target = targets["y"][:rows], targets[scored.target][:rows]
    splits = list((StratifiedKFold if classes else KFold)(5, shuffle=True, random_state=43).split(X[:rows], target if scored.target == "two" else y))
    scores, losses = [], []
    for seed in range(len(entry["scores"])):
        model = make_pipeline(*fronts[scored.front](), *scored.stages(seed, components))
        fitted = [(clone(model).fit(X[train], target[train]), test) for train, test in splits]
        # Of two columns together, only models' own `score` tells.
        score = one_score if scored.target == "columns" else get_scorer("accuracy" if classes else "r2")
        scores.append([score(one, X[test], target[test]) for one, test in fitted])
        if entry["losses"]:
            losses.append([-get_scorer("neg_log_loss")(one, X[test], target[test]) for one, test in fitted])
    return np.array(scores), np.array(losses)


def difference_of(own, theirs):
    """Mean over folds and seeds, with its standard error over seeds where they differ; bold beyond the bound."""
    by_seed = (own - theirs).mean(axis=1)
    if np.abs(own - theirs).max() < 5e-6:
        return "0", 0
    error = f" ± {by_seed.std(ddof=1) / len(own) ** 0.5:.5f}" if len(own) > 1 else ""
    bad = abs(by_seed.mean()) > BOUND
    return f"{'**' if bad else ''}{by_seed.mean():+.5f}{error}{'**' if bad else ''}", bad


print(f"scikit-learn {sklearn.__version__}\n")
print("| set | rows | model | refit | scikit-learn | difference | a fold's | log loss |\n| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: |")
beyond = 0
for entry in ours:
    if only and not any(word in entry["model"] for word in only):
        continue
    theirs, their_losses = judge(entry)
    own = np.array(entry["scores"])
    difference, bad = difference_of(own, theirs)
    beyond += bad
    loss = f"{(np.array(entry['losses']) - their_losses).mean():+.1e}" if entry["losses"] else ""
    name = entry["set"] + (", R²" if entry["task"] == "numbers" else "")
    print(f"| {name} | {entry['rows']:,} | {entry['model']} | {own.mean():.5f} | {theirs.mean():.5f} | {difference} | {np.abs(own - theirs).max():.1e} | {loss} |", flush=True)
print(f"\n{beyond} differences beyond {BOUND}")
sys.exit(beyond > 0)
