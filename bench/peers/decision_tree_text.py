"""The peer of bench/items/decision-tree-text.ts."""
from measured import main, read_spam


def prepare(folder):
    import numpy as np
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.tree import DecisionTreeClassifier
    X, y = read_spam(folder)
    counts = CountVectorizer(token_pattern=r"\w+").fit_transform(X)
    model = DecisionTreeClassifier(random_state=0)

    def numbers_of(fitted):
        tree = fitted.tree_
        inner = tree.children_left >= 0
        return dict(depth=int(fitted.get_depth()), leaves=int(fitted.get_n_leaves()), features=np.where(inner, tree.feature, -1).tolist(),
                    thresholds=np.where(inner, tree.threshold, 0).tolist())

    return lambda: model.fit(counts, y), numbers_of


if __name__ == "__main__":
    main(prepare)
