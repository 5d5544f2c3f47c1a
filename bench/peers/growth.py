"""The peer of bench/items/growth.ts."""
from measured import main, read_json, seed_pipeline


def prepare(file):
    data = read_json(file)
    return (lambda: seed_pipeline().fit(data["X"], data["y"]),
            lambda fitted: dict(rows=len(data["X"]), vocabulary=len(fitted["count"].vocabulary_),
                                iterations=int(fitted["classify"].n_iter_[0]),
                                intercept=float(fitted["classify"].intercept_[0])))


if __name__ == "__main__":
    main(prepare)
