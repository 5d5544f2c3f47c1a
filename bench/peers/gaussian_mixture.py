"""The peer of bench/items/gaussian-mixture.ts."""
import warnings

from measured import main, read_json


def prepare(file):
    import numpy as np
    from sklearn.mixture import GaussianMixture
    warnings.simplefilter("ignore")
    made = read_json(file)
    rows, cols = made["rows"], made["cols"]
    normal = np.random.RandomState(made["seed"]).standard_normal((rows, cols))
    cluster = (np.arange(rows) % 5)[:, None]
    place = np.arange(rows * cols).reshape(rows, cols)
    X = normal * (1 + (place + cluster) % 3) + 2 * np.sin(cluster * cols + np.arange(cols))
    model = GaussianMixture(5, init_params="random_from_data", reg_covar=0.1, max_iter=20, tol=0, random_state=0)

    def numbers(_):
        return dict(bounds=list(model.lower_bounds_), weights=model.weights_.tolist())

    return lambda: model.fit(X), numbers


if __name__ == "__main__":
    main(prepare)
