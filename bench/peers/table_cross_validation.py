"""The peer of bench/items/table-cross-validation.ts."""
from measured import main


def prepare(file):
    import pandas as pd
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_score
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler
    table = pd.read_csv(file)
    X, y = table.drop(columns="label"), table["label"]
    cv = StratifiedKFold(n_splits=5, shuffle=True, random_state=0)
    pipeline = Pipeline([
        ("prepare", ColumnTransformer([
            ("numbers", Pipeline([("impute", SimpleImputer(strategy="median")), ("scale", StandardScaler())]),
             [c for c in X if c.startswith("n")]),
            ("words", OneHotEncoder(handle_unknown="ignore"), [c for c in X if c.startswith("c")]),
        ])),
        ("classify", LogisticRegression(max_iter=1000)),
    ])
    return lambda: cross_val_score(pipeline, X, y, cv=cv, scoring="accuracy"), lambda scores: dict(accuracy=scores.tolist())


if __name__ == "__main__":
    main(prepare)
