"""The pipelines of competitions/titanic and competitions/house-prices in scikit-learn: fold scores to hold ours against.

    python bench/peers/table_competitions.py <folder with titanic/ and house-prices/> [<a scores.json of refit run> ...]

Prints each fold's scores, and the largest difference from each scores.json given.
"""
import json
import pathlib
import sys
import warnings

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor, make_column_selector
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Lasso, LogisticRegression, Ridge
from sklearn.model_selection import KFold, StratifiedKFold, cross_validate
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler, TargetEncoder

warnings.filterwarnings("ignore")
DATA = pathlib.Path(sys.argv[1])
SEED = 43


def text(frame):
    """Text columns as objects with NaN gaps."""
    return frame.astype({c: object for c in frame if not pd.api.types.is_numeric_dtype(frame[c])})


def passengers(d):
    titles = dict(Mr="Mr", Mrs="Mrs", Miss="Miss", Master="Master", Mlle="Miss", Ms="Miss", Mme="Mrs")
    title = d.Name.str.extract(r", *([^.]+)\.")[0].map(titles).fillna("Rare")
    members = d.SibSp + d.Parch + 1
    f = d[["Age", "SibSp", "Parch", "Ticket", "Embarked"]].copy()
    f["logFare"] = np.log1p(d.Fare)
    f["titleClass"] = title + " " + d.Pclass.astype(str)
    f["sexClass"] = d.Sex + " " + d.Pclass.astype(str)
    f["family"] = np.where(members == 1, "alone", np.where(members <= 4, "small", "large"))
    f["deck"] = d.Cabin.str[0]
    f["surname"] = d.Name.str.split(",").str[0] + " " + members.astype(str)
    return text(f)


class Clip(TransformerMixin, BaseEstimator):
    """Mean ± 2.5 population standard deviations, NaN skipped."""

    def fit(self, X, y=None):
        mean, std = np.nanmean(X, axis=0), np.nanstd(X, axis=0)
        self.low_, self.high_ = mean - 2.5 * std, mean + 2.5 * std
        return self

    def transform(self, X):
        return np.clip(X, self.low_, self.high_)


def houses(d):
    grades = dict(Ex=5, Gd=4, TA=3, Fa=2, Po=1)
    areas = ["LotFrontage", "LotArea", "1stFlrSF", "GrLivArea", "totalArea", "MasVnrArea", "TotalBsmtSF", "BsmtUnfSF", "2ndFlrSF",
             "GarageArea", "WoodDeckSF", "porchArea", "OpenPorchSF"]
    f, n = d.copy(), lambda name: d[name].fillna(0)
    for c in ["ExterQual", "ExterCond", "BsmtQual", "BsmtCond", "HeatingQC", "KitchenQual", "FireplaceQu", "GarageQual", "GarageCond", "PoolQC"]:
        f[c + "Grade"] = d[c].map(grades).fillna(0).astype(float)
    f["MSSubClass"] = "class " + d.MSSubClass.astype(str)
    f["totalArea"] = n("TotalBsmtSF") + n("1stFlrSF") + n("2ndFlrSF")
    f["porchArea"] = n("OpenPorchSF") + n("EnclosedPorch") + n("3SsnPorch") + n("ScreenPorch")
    f["bathrooms"] = n("FullBath") + n("HalfBath") / 2 + n("BsmtFullBath") + n("BsmtHalfBath") / 2
    f["age"] = n("YrSold") - n("YearBuilt")
    f["sinceRemodelled"] = n("YrSold") - n("YearRemodAdd")
    f["qualityArea"] = n("OverallQual") * np.log(f.totalArea)
    for c in areas:
        f[c] = np.log1p(f[c])
    return text(f)


def numbers(*more):
    return Pipeline([("fill", SimpleImputer(strategy="median")), *more, ("scale", StandardScaler())])


RARE = dict(min_frequency=5, handle_unknown="infrequent_if_exist")
NUMERIC, WORDS = make_column_selector(dtype_include="number"), make_column_selector(dtype_include=object)


def titanic(*company):
    return Pipeline([
        ("passengers", FunctionTransformer(passengers)),
        ("columns", ColumnTransformer([
            ("numbers", numbers(), ["Age", "logFare", "SibSp", "Parch"]),
            ("words", OneHotEncoder(**RARE), ["titleClass", "sexClass", "family", "Embarked", "deck"]), *company])),
        ("classify", LogisticRegression(max_iter=1000))])


def log_price(regressor):
    return Pipeline([
        ("houses", FunctionTransformer(houses)),
        ("columns", ColumnTransformer([
            ("numbers", numbers(("clip", Clip())), NUMERIC),
            ("words", Pipeline([("fill", SimpleImputer(strategy="constant", fill_value="none")), ("encode", OneHotEncoder(sparse_output=False, **RARE))]), WORDS)])),
        ("price", TransformedTargetRegressor(regressor, func=np.log1p, inverse_func=np.expm1))])


def table(model, **encoder):
    return Pipeline([
        ("columns", ColumnTransformer([("numbers", numbers(), NUMERIC), ("words", OneHotEncoder(**RARE, **encoder), WORDS)])), ("predict", model)])


CLASSIFICATION = dict(accuracy="accuracy", rocAuc="roc_auc", f1="f1", logLoss="neg_log_loss")
REGRESSION = dict(rootMeanSquaredLogError="neg_root_mean_squared_log_error", rootMeanSquaredError="neg_root_mean_squared_error", r2="r2")
COMPETITIONS = {
    "titanic": ("PassengerId", "Survived", StratifiedKFold(5, shuffle=True, random_state=SEED), CLASSIFICATION, {
        "title-logistic": titanic(),
        "family-logistic": titanic(("company", TargetEncoder(smooth=2, random_state=SEED), ["surname", "Ticket"])),
        "table-logistic": table(LogisticRegression(max_iter=1000))}),
    "house-prices": ("Id", "SalePrice", KFold(5, shuffle=True, random_state=SEED), REGRESSION, {
        "log-lasso": log_price(Lasso(0.0006, max_iter=20_000)),
        "log-ridge": log_price(Ridge(10)),
        "table-ridge": table(Ridge(10), sparse_output=False)}),
}

ours = [json.loads(pathlib.Path(path).read_text()) for path in sys.argv[2:]]
for name, (id_, target, cv, scoring, pipelines) in COMPETITIONS.items():
    if not (DATA / name / "train.csv").exists():
        continue
    frame = text(pd.read_csv(DATA / name / "train.csv"))
    X, y = frame.drop(columns=[id_, target]), frame[target]
    for pipeline, model in pipelines.items():
        try:
            found = cross_validate(model, X, y, cv=cv, scoring=scoring, error_score="raise")
        except ValueError as error:
            print(f"{name} {pipeline}: {str(error).splitlines()[0]}")
            continue
        folds = {metric: np.abs(found[f"test_{metric}"]) if metric != "r2" else found["test_r2"] for metric in scoring}
        for metric, scores in folds.items():
            print(f"{name} {pipeline} {metric}: {scores.mean():.6f}  {' '.join(f'{s:.6f}' for s in scores)}")
        for record in ours:
            for one in record["pipelines"] if record["competition"]["name"] == name else []:
                if one["name"] != pipeline:
                    continue
                gaps = {m: float(np.abs(np.array(one["scores"][m]["folds"]) - s).max()) for m, s in folds.items() if m in one["scores"]}
                print(f"  largest difference from {one['name']} by metric: {({m: float(f'{g:.2g}') for m, g in gaps.items()})}")
