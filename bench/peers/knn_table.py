"""The peer of bench/items/knn-table.ts."""
from measured import main, read_json


def prepare(file):
    import numpy as np
    from sklearn.neighbors import KNeighborsRegressor
    made = read_json(file)
    random = np.random.RandomState(made["seed"])
    X, queries = (random.standard_normal((made[name], made["cols"])) for name in ("rows", "asked"))
    y = random.standard_normal(made["rows"])
    model = KNeighborsRegressor()
    return lambda: model.fit(X, y).predict(queries), lambda predicted: dict(predicted=predicted.tolist())


if __name__ == "__main__":
    main(prepare)
