"""The peer of bench/items/linear-svc-text.ts."""
from measured import main, read_spam


def prepare(folder):
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC
    X, y = read_spam(folder)
    weights = TfidfVectorizer(token_pattern=r"\w+", ngram_range=(1, 2), min_df=2, sublinear_tf=True).fit_transform(X)
    model = LinearSVC(C=10, random_state=0)

    def numbers(fitted):
        return dict(iterations=int(fitted.n_iter_), intercept=float(fitted.intercept_[0]), norm=float(np.linalg.norm(fitted.coef_)))

    return lambda: model.fit(weights, y), numbers


if __name__ == "__main__":
    main(prepare)
