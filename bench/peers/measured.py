"""What every peer shares: the clock, the numbers, and what the process used.

A peer is `python bench/peers/<name>.py <input> …`; it calls `main(prepare)`, where prepare(input) returns the pair
(run, numbers), as an item's `ours` does in TypeScript. `python measured.py <script> …` runs a script as it is.
"""
import atexit
import json
import os
import resource
import sys
import time


@atexit.register
def report_usage():
    # Registered before anything else is imported, so it comes last: worker processes have ended by then and count.
    file = os.environ.get("REFIT_BENCH_USAGE")
    if not file:
        return
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    unit = 1 if sys.platform == "darwin" else 1024
    with open(file, "w") as out:
        json.dump(dict(cpuSeconds=sum(u.ru_utime + u.ru_stime for u in (own, others)),
                       peakBytes=max(own.ru_maxrss, others.ru_maxrss) * unit), out)


# As in bench/time-calls.ts.
WARM_UP_SECONDS = 0.5
LEAST_CALLS = 3
SECONDS = 2
MOST_SECONDS = 6


def time_calls(call, cold):
    times = dict(wallSeconds=[], cpuSeconds=[])

    def once(kept):
        cpu, start = time.process_time(), time.perf_counter()
        result = call()
        seconds = time.perf_counter() - start
        if kept:
            kept["wallSeconds"].append(seconds)
            kept["cpuSeconds"].append(time.process_time() - cpu)
        return result, seconds

    if not cold:
        warm = 0
        while warm < WARM_UP_SECONDS:
            warm += once(None)[1]
    passed = 0
    while True:
        result, seconds = once(times)
        passed += seconds
        if cold or passed >= MOST_SECONDS or (len(times["wallSeconds"]) >= LEAST_CALLS and passed >= SECONDS):
            return times, result


def main(prepare, cold=False):
    run, numbers = prepare(*sys.argv[1:])
    times, result = time_calls(run, cold)
    print(json.dumps(dict(times=times, numbers=numbers(result))))


def digest(content):
    import hashlib
    return hashlib.sha256(content).hexdigest()


def read_spam(folder):
    import pandas as pd
    train = pd.read_csv(os.path.join(folder, "train.csv"), dtype={"name": str})
    return train["content"].tolist(), train["label"].tolist()


def read_json(file):
    with open(file, encoding="utf-8") as source:
        return json.load(source)


def matrix_numbers(X):
    # The vectorizers leave the columns of a row in the order of the vocabulary before it is sorted.
    X = X.copy()
    X.sort_indices()
    return dict(rows=X.shape[0], cols=X.shape[1], entries=int(X.nnz), columnsHash=digest(X.indices.astype("<i4").tobytes()),
                sum=float(X.data.sum()), squares=float((X.data.astype(float) ** 2).sum()))


def seed_pipeline(**options):
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import StandardScaler
    return Pipeline([
        ("count", CountVectorizer(token_pattern=r"\w{1,}")),
        ("scale", StandardScaler(with_mean=False)),
        ("classify", LogisticRegression(max_iter=50000)),
    ], **options)


if __name__ == "__main__":
    import runpy
    sys.argv = sys.argv[1:]
    runpy.run_path(sys.argv[0], run_name="__main__")
