"""The peer of bench/items/logistic-regression.ts."""
from measured import main, read_spam, seed_pipeline


def prepare(folder):
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    X, y = read_spam(folder)
    scaled = seed_pipeline()[:-1].fit_transform(X)
    model = LogisticRegression(tol=1e-8, max_iter=50000)

    def numbers(fitted):
        signs = 2 * np.asarray(y) - 1
        loss = np.logaddexp(0, -signs * fitted.decision_function(scaled)).mean()
        squares = float(fitted.coef_[0] @ fitted.coef_[0])
        return dict(iterations=int(fitted.n_iter_[0]), objective=float(loss + squares / (2 * len(y))), norm=squares ** 0.5)

    return lambda: model.fit(scaled, y), numbers


if __name__ == "__main__":
    main(prepare)
