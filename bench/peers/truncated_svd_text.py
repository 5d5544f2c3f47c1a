"""The peer of bench/items/truncated-svd-text.ts."""
from measured import main, read_json


def prepare(file):
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    X = TfidfVectorizer(min_df=2, sublinear_tf=True).fit_transform(read_json(file))
    model = TruncatedSVD(100, random_state=0)

    def numbers(_):
        return dict(singular=model.singular_values_.tolist(), explained=float(model.explained_variance_ratio_.sum()))

    return lambda: model.fit_transform(X), numbers


if __name__ == "__main__":
    main(prepare)
