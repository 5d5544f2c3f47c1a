"""The models of bench/model-scores.ts in scikit-learn, on the same folds.

    python bench/peers/model_scores.py competitions <what bench/model-scores.ts printed> [<data set> ...]

Prints for each model the mean score of both, and the largest difference of a fold.
"""
import json
import pathlib
import sys
import warnings

import numpy as np
import pandas as pd
from sklearn.calibration import CalibratedClassifierCV
from sklearn.decomposition import PCA
from sklearn.ensemble import (AdaBoostClassifier, AdaBoostRegressor, BaggingClassifier, BaggingRegressor, StackingClassifier, StackingRegressor, VotingClassifier,
                              VotingRegressor)
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score
from sklearn.multiclass import OneVsOneClassifier, OneVsRestClassifier
from sklearn.naive_bayes import GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor, NearestCentroid
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, SVR, LinearSVC, LinearSVR
from sklearn.tree import DecisionTreeClassifier

warnings.filterwarnings("ignore")
folder, ours = pathlib.Path(sys.argv[1]), json.loads(pathlib.Path(sys.argv[2]).read_text())


def logistic():
    return LogisticRegression(tol=1e-8, max_iter=10000)


def scaled(*model):
    return make_pipeline(SimpleImputer(), StandardScaler(), *model)


def counted(model):
    return make_pipeline(CountVectorizer(min_df=3), model)


def weighted(model):
    return make_pipeline(TfidfVectorizer(min_df=3), model)


two = [("bayes", counted(MultinomialNB())), ("logistic", weighted(logistic()))]
texts = dict(
    LinearSVC=weighted(LinearSVC(tol=1e-8, max_iter=20000)), KNeighborsClassifier=weighted(KNeighborsClassifier()), NearestCentroid=weighted(NearestCentroid()),
    CalibratedClassifier=counted(CalibratedClassifierCV(MultinomialNB(), method="isotonic")), VotingClassifier=VotingClassifier(two, voting="soft"),
    StackingClassifier=StackingClassifier(two), BaggingClassifier=counted(BaggingClassifier(MultinomialNB(), random_state=0)), OneVsRestClassifier=weighted(OneVsRestClassifier(logistic())))
classes = dict(
    KNeighborsClassifier=scaled(KNeighborsClassifier()), NearestCentroid=scaled(NearestCentroid()), LinearSVC=scaled(LinearSVC(tol=1e-8, max_iter=20000)), SVC=scaled(SVC()),
    PCA=scaled(PCA(2), logistic()), CalibratedClassifier=scaled(CalibratedClassifierCV(GaussianNB())),
    VotingClassifier=scaled(VotingClassifier([("bayes", GaussianNB()), ("logistic", logistic()), ("knn", KNeighborsClassifier())])),
    StackingClassifier=scaled(StackingClassifier([("bayes", GaussianNB()), ("svc", SVC())], final_estimator=logistic())),
    BaggingClassifier=scaled(BaggingClassifier(DecisionTreeClassifier(max_depth=4), n_estimators=20, random_state=0)),
    AdaBoostClassifier=scaled(AdaBoostClassifier(n_estimators=30, random_state=0)), OneVsOneClassifier=scaled(OneVsOneClassifier(logistic())))
pair = [("ridge", Ridge()), ("knn", KNeighborsRegressor())]
numbers = dict(
    KNeighborsRegressor=scaled(KNeighborsRegressor()), SVR=scaled(SVR()),
    LinearSVR=scaled(LinearSVR(tol=1e-8, max_iter=50000, loss="squared_epsilon_insensitive", dual=False)), VotingRegressor=scaled(VotingRegressor(pair)),
    StackingRegressor=scaled(StackingRegressor(pair)), BaggingRegressor=scaled(BaggingRegressor(KNeighborsRegressor(weights="distance"), n_estimators=20, random_state=0)),
    AdaBoostRegressor=scaled(AdaBoostRegressor(n_estimators=30, random_state=0)))


def show(name, models, X, y, scoring, cv):
    if sys.argv[3:] and name not in sys.argv[3:]:
        return
    for model, estimator in models.items():
        theirs = cross_val_score(estimator, X, y, cv=cv, scoring=scoring) * (-1 if scoring.startswith("neg") else 1)
        own = np.array(ours[name][model])
        print(f"{name:14} {model:22} refit {own.mean():.6f}  scikit-learn {theirs.mean():.6f}  mean differs by {abs(own.mean() - theirs.mean()):.1e}, a fold by at most {np.abs(own - theirs).max():.1e}")


spam, penguins, cars = (pd.read_csv(folder / name / "data" / "train.csv") for name in ("spam-detector", "penguins", "cars"))
cv = dict(n_splits=5, shuffle=True, random_state=43)
show("spam-detector", texts, spam.content, spam.label, "accuracy", StratifiedKFold(**cv))
show("penguins", classes, penguins[["beak_length_mm", "beak_depth_mm", "flipper_length_mm", "body_mass_g"]].to_numpy(float), penguins.sex, "accuracy", StratifiedKFold(**cv))
show("cars", numbers, cars[["cylinders", "displacement", "horsepower", "weight_lbs", "acceleration"]].to_numpy(float), cars.miles_per_gallon, "neg_root_mean_squared_error", KFold(**cv))
