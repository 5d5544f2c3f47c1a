"""The peer of bench/items/isolation-forest.ts."""
from measured import main, read_json


def prepare(file):
    import numpy as np
    from sklearn.ensemble import IsolationForest
    made = read_json(file)
    X = np.random.RandomState(made["seed"]).standard_normal((made["rows"], made["cols"]))
    model = IsolationForest(contamination=0.05, random_state=0)

    def numbers(predicted):
        return dict(offset=float(model.offset_), outliers=int((predicted < 0).sum()))

    return lambda: model.fit_predict(X), numbers


if __name__ == "__main__":
    main(prepare)
