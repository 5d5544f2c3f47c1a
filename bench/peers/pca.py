"""The peer of bench/items/pca.ts."""
from measured import main, read_json


def prepare(file):
    import numpy as np
    from sklearn.decomposition import PCA
    made = read_json(file)
    normal = np.random.RandomState(made["seed"]).standard_normal((made["rows"], made["cols"]))
    X = normal * (1 + np.arange(made["cols"]) / 20) + np.roll(normal, -1, axis=1)
    model = PCA(20)

    def numbers(scores):
        return dict(variances=model.explained_variance_.tolist(), noise=float(model.noise_variance_), size=float(np.abs(scores).mean()))

    return lambda: model.fit_transform(X), numbers


if __name__ == "__main__":
    main(prepare)
