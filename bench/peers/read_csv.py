"""The peer of bench/items/read-csv.ts."""
from measured import main


def prepare(file):
    import polars as pl

    def numbers(table):
        return dict(rows=table.height, columns=table.width, missing=table["n0"].null_count(), sum=table["n0"].sum(),
                    label=table["label"].sum(), texts=int((table["c6"] == "level 1").sum()))
    return lambda: pl.read_csv(file), numbers


if __name__ == "__main__":
    main(prepare)
