"""The peer of bench/items/grid-search.ts; with a second argument `memory`, of grid-search-cached.ts."""
import tempfile

from measured import main, read_spam, seed_pipeline

C = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30]


def prepare(folder, memory=None):
    from sklearn.model_selection import GridSearchCV, StratifiedKFold
    X, y = read_spam(folder)
    cv = StratifiedKFold(n_splits=5, shuffle=True, random_state=43)

    def run():
        if memory is None:
            return search(None)
        with tempfile.TemporaryDirectory() as cache:
            return search(cache)

    def search(cache):
        return GridSearchCV(seed_pipeline(memory=cache), {"classify__C": C}, scoring="accuracy", cv=cv, n_jobs=2).fit(X, y)

    return run, lambda found: dict(
        meanTestScore=found.cv_results_["mean_test_score"].tolist(), bestScore=float(found.best_score_),
        bestC=found.best_params_["classify__C"], refitIterations=int(found.best_estimator_["classify"].n_iter_[0]))


if __name__ == "__main__":
    main(prepare, cold=True)
