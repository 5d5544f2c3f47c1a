"""The peer of bench/items/knn-text.ts."""
from measured import main, read_spam


def prepare(folder):
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.neighbors import KNeighborsClassifier
    X, y = read_spam(folder)
    weights = TfidfVectorizer(token_pattern=r"\w+", sublinear_tf=True).fit_transform(X)
    rows = np.arange(len(y))
    known, asked = rows[rows % 4 > 0], rows[rows % 4 == 0]
    Xknown, Xasked, labels = weights[known], weights[asked], np.asarray(y)[known]
    model = KNeighborsClassifier()
    return lambda: model.fit(Xknown, labels).predict_proba(Xasked), lambda proba: dict(shares=proba[:, 1].tolist())


if __name__ == "__main__":
    main(prepare)
