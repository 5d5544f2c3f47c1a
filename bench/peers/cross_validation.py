"""The peer of bench/items/cross-validation.ts."""
from measured import main, read_spam, seed_pipeline


def prepare(folder):
    from sklearn.model_selection import StratifiedKFold, cross_val_score
    X, y = read_spam(folder)
    cv = StratifiedKFold(n_splits=5, shuffle=True, random_state=43)
    return (lambda: cross_val_score(seed_pipeline(), X, y, cv=cv, scoring="accuracy", n_jobs=2),
            lambda scores: dict(accuracy=scores.tolist()))


if __name__ == "__main__":
    main(prepare, cold=True)
