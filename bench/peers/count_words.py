"""The peer of bench/items/count-words.ts."""
from measured import digest, main, matrix_numbers, read_json


def prepare(file):
    from sklearn.feature_extraction.text import CountVectorizer
    texts = read_json(file)
    vectorizer = CountVectorizer(ngram_range=(1, 2))
    return (lambda: vectorizer.fit_transform(texts),
            lambda X: dict(**matrix_numbers(X), vocabularyHash=digest("\n".join(vectorizer.get_feature_names_out()).encode())))


if __name__ == "__main__":
    main(prepare)
