"""Runs <folder>/model.onnx on <folder>/feeds.json and prints labels and numbers as JSON; for check-onnx.ts."""
import json
import sys

import numpy as np
import onnxruntime

folder = sys.argv[1]
session = onnxruntime.InferenceSession(f"{folder}/model.onnx", providers=["CPUExecutionProvider"])
with open(f"{folder}/feeds.json", encoding="utf8") as file:
    given = json.load(file)
feeds = {}
for wanted in session.get_inputs():
    values = given[wanted.name]["data"]
    if wanted.type == "tensor(string)":
        feeds[wanted.name] = np.array(values, dtype=object)
    else:
        feeds[wanted.name] = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
names = [output.name for output in session.get_outputs()]
out = dict(zip(names, session.run(None, feeds)))
numbers = out.get("prediction", out.get("probabilities", np.zeros(0)))
answer = {"numbers": numbers.ravel().tolist()}
if "label" in out:
    answer["labels"] = out["label"].tolist()
print(json.dumps(answer))
