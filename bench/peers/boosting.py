"""The peer of bench/items/boosting-*.ts and gradient-boosting.ts: LightGBM, and scikit-learn for folds and whole trees."""
from measured import main, read_json


def made(file):
    import numpy as np
    recipe = read_json(file)
    random = np.random.RandomState(recipe["seed"])
    X = random.standard_normal((recipe["rows"], recipe["cols"]))
    x = X.T
    noise = random.standard_normal(recipe["rows"])
    signal = x[0] * x[1] + np.sin(2 * x[2]) + 0.5 * x[3] + 0.3 * x[4] * x[5] - 0.5 * np.abs(x[6]) + 0.2 * x[7] ** 2 + 1.5 * noise
    return X, (signal > 0.3).astype(int)


def table(file):
    import pandas as pd
    rows = pd.read_csv(file)
    X = rows.drop(columns="label")
    for name in X:
        if name.startswith("c"):
            X[name] = X[name].astype("category")
    return X, rows["label"]


def lightgbm(threads):
    from lightgbm import LGBMClassifier
    return LGBMClassifier(n_estimators=100, num_leaves=31, learning_rate=0.1, min_child_samples=20, n_jobs=threads, verbose=-1)


def coded(file):
    X, y = table(file)
    for name in X:
        if name.startswith("c"):
            X[name] = X[name].cat.codes
    return X.to_numpy(dtype=float), y.to_numpy()


def best_threads(X, y):
    """One or two, by the better of three fits."""
    from time import perf_counter

    def seconds(threads):
        start = perf_counter()
        lightgbm(threads).fit(X, y)
        return perf_counter() - start

    return min((1, 2), key=lambda threads: min(seconds(threads) for _ in range(3)))


def prepare(file, what, threads):
    from sklearn.metrics import roc_auc_score
    if what == "folds":
        import os
        os.environ["OMP_NUM_THREADS"] = "1"
        from sklearn.ensemble import HistGradientBoostingClassifier
        from sklearn.model_selection import StratifiedKFold, cross_val_score
        X, y = table(file)
        cv = StratifiedKFold(n_splits=5, shuffle=True, random_state=0)
        model = HistGradientBoostingClassifier(early_stopping=False)
        return lambda: cross_val_score(model, X, y, cv=cv, scoring="accuracy", n_jobs=int(threads)), lambda scores: dict(accuracy=scores.tolist())
    if what == "whole":
        from sklearn.ensemble import GradientBoostingClassifier
        X, y = made(file)
        return lambda: GradientBoostingClassifier(random_state=0).fit(X, y), lambda model: dict(
            features=[[max(f, -1) for f in tree[0].tree_.feature.tolist()] for tree in model.estimators_],
            score=model.train_score_[99], importances=model.feature_importances_.tolist())
    X, y = dict(categories=table, table=coded).get(what, made)(file)
    threads = best_threads(X, y) if threads == "best" else int(threads)
    model = lightgbm(threads)
    if what == "predict":
        model.fit(X, y)
        return lambda: model.predict_proba(X, num_threads=threads), lambda proba: dict(auc=roc_auc_score(y, proba[:, 1]))
    return lambda: model.fit(X, y), lambda fitted: dict(auc=roc_auc_score(y, fitted.predict_proba(X)[:, 1]))


if __name__ == "__main__":
    main(prepare)
