"""The peer of bench/items/random-forest.ts. Argument: the number of threads."""
import sys

from measured import main


def prepare(file, jobs):
    import numpy as np
    import pandas as pd
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.preprocessing import OrdinalEncoder
    table = pd.read_csv(file)
    y = table.pop("label").to_numpy()
    numbers = table.select_dtypes("number").to_numpy()
    words = OrdinalEncoder().fit_transform(table.select_dtypes(exclude="number"))
    X = np.hstack([numbers, words])
    model = RandomForestClassifier(n_jobs=int(jobs), random_state=0)

    def numbers_of(fitted):
        return dict(nodes=sum(t.tree_.node_count for t in fitted.estimators_), accuracy=fitted.score(X, y), importances=fitted.feature_importances_.tolist())

    return lambda: model.fit(X, y), numbers_of


if __name__ == "__main__":
    main(prepare)
