"""The peer of bench/items/char-tfidf.ts."""
from measured import digest, main, matrix_numbers, read_json


def prepare(file):
    from sklearn.feature_extraction.text import TfidfVectorizer
    texts = read_json(file)
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5))
    return (lambda: vectorizer.fit_transform(texts),
            lambda X: dict(**matrix_numbers(X), vocabularyHash=digest("\n".join(vectorizer.get_feature_names_out()).encode())))


if __name__ == "__main__":
    main(prepare)
