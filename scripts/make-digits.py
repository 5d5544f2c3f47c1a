"""Writes competitions/digits/data from scikit-learn's copy of UCI's handwritten digits (CC BY 4.0), always the same bytes.

Levels 0 … 16 become 0 … 255; rows are shuffled with numpy's RandomState(43), and a quarter, rounded up, is the test set.
"""
import gzip
import pathlib
import struct

import numpy as np
from sklearn.datasets import load_digits

folder = pathlib.Path(__file__).resolve().parent.parent / "competitions" / "digits" / "data"
digits = load_digits()
images = np.rint(digits.images * 255 / 16).astype(np.uint8)
labels = digits.target.astype(np.uint8)
order = np.random.RandomState(43).permutation(len(labels))
test, train = np.split(order, [-(-len(labels) // 4)])


def write_idx(name, array):
    head = struct.pack(">BBBB", 0, 0, 8, array.ndim) + struct.pack(f">{array.ndim}I", *array.shape)
    # mtime=0 and no name, so that the bytes depend on the data alone.
    (folder / name).write_bytes(gzip.compress(head + array.tobytes(), 9, mtime=0))


folder.mkdir(parents=True, exist_ok=True)
write_idx("train-images-idx3-ubyte.gz", images[train])
write_idx("train-labels-idx1-ubyte.gz", labels[train])
write_idx("test-images-idx3-ubyte.gz", images[test])
write_idx("test-labels-idx1-ubyte.gz", labels[test])
(folder / "sample_submission.csv").write_text("id,label\n" + "".join(f"{i},0\n" for i in range(len(test))))
print(len(train), len(test))
