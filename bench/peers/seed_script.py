"""The seed script in Python: the peer of examples/seed-script.ts, line for line.

    python bench/peers/seed_script.py <folder with train.csv and test.csv> <folder for results>

Needs scikit-learn, pandas and matplotlib; writes submission.csv and prints one JSON document with what both must agree on.
"""
import hashlib
import json
import pathlib
import sys

import matplotlib
import pandas as pd
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import (accuracy_score, confusion_matrix, f1_score, precision_score, recall_score, roc_auc_score,
                             roc_curve)
from sklearn.model_selection import train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402  (the backend must be chosen first)


def main(data, out, text="content", target="label", ident="name"):
    train = pd.read_csv(data / "train.csv", dtype={ident: str})
    test = pd.read_csv(data / "test.csv", dtype={ident: str})
    rows_train, rows_test, X_train, X_test, y_train, y_test = train_test_split(
        list(range(len(train))), train[text].tolist(), train[target].tolist(), test_size=0.25, random_state=43)

    pipeline = Pipeline([
        ("count", CountVectorizer(token_pattern=r"\w{1,}")),
        ("scale", StandardScaler(with_mean=False)),
        ("classify", LogisticRegression(max_iter=50000)),
    ])
    pipeline.fit(X_train, y_train)
    predicted = pipeline.predict(X_test)
    probabilities = pipeline.predict_proba(X_test)
    result = dict(
        testRows=rows_test[:5],
        splitHash=hashlib.sha256(",".join(map(str, rows_train + rows_test)).encode()).hexdigest(),
        vocabulary=len(pipeline["count"].vocabulary_),
        vocabularyHash=hashlib.sha256("\n".join(pipeline["count"].get_feature_names_out()).encode()).hexdigest(),
        iterations=int(pipeline["classify"].n_iter_[0]),
        accuracy=accuracy_score(y_test, predicted),
        confusionMatrix=confusion_matrix(y_test, predicted).tolist(),
    )
    if len(pipeline.classes_) == 2:
        scores = probabilities[:, 1]
        fpr, tpr, _ = roc_curve(y_test, scores)
        result.update(
            precision=precision_score(y_test, predicted), recall=recall_score(y_test, predicted),
            f1=f1_score(y_test, predicted), rocPoints=len(fpr), rocAuc=roc_auc_score(y_test, scores))
        plt.plot(fpr, tpr)
        plt.plot([0, 1], [0, 1], "--")
        plt.title("ROC of the held-out quarter")
        plt.savefig(out / "roc.png")
    (out / "probabilities.json").write_text(json.dumps(probabilities.tolist()))

    X, y = train[text].tolist(), train[target].tolist()
    pipeline.fit(X, y)
    result["refitIterations"] = int(pipeline["classify"].n_iter_[0])
    pd.DataFrame({ident: test[ident], target: pipeline.predict(test[text].tolist())}).to_csv(out / "submission.csv", index=False)
    result["submissionHash"] = hashlib.sha256((out / "submission.csv").read_bytes()).hexdigest()
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    folder, results = map(pathlib.Path, sys.argv[1:3])
    results.mkdir(parents=True, exist_ok=True)
    main(folder, results, *sys.argv[3:6])
