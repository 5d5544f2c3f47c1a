"""The peer of bench/items/svc-rbf.ts."""
from measured import main, read_json


def prepare(file):
    import numpy as np
    from sklearn.svm import SVC
    made = read_json(file)
    random = np.random.RandomState(made["seed"])
    X = random.standard_normal((made["rows"], made["cols"]))
    noise = random.standard_normal(made["rows"])
    y = (X[:, :10] ** 2).sum(axis=1) + 3 * noise > 10
    model = SVC()

    def numbers(fitted):
        return dict(iterations=int(fitted.n_iter_[0]), support=len(fitted.support_), intercept=float(fitted.intercept_[0]),
                    size=float(np.abs(fitted.dual_coef_).sum()))

    return lambda: model.fit(X, y), numbers


if __name__ == "__main__":
    main(prepare)
