"""Ranks stored boxes by margin with pyarrow and NumPy, once at start and then for each line of stdin, and prints each time.
Usage: rank.py FOLDER LEAST_SCORE LIMIT"""

import glob
import json
import platform
import sys
import time

import numpy as np
import pyarrow
import pyarrow.parquet as pq

folder, least, limit = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
column = "detections.list.element.scores.list.element"


def rank():
    found = []
    for path in sorted(glob.glob(f"{folder}/*.parquet")):
        table = pq.ParquetFile(path).read(columns=["image_id", column])
        for chunk in table["detections"].chunks:
            scores = chunk.flatten().field("scores")
            matrix = scores.flatten().to_numpy().reshape(len(scores), -1)
            top = matrix[matrix[:, 0] >= least]
            found.append(top[:, 0] - top[:, 1])
    margins = np.concatenate(found)
    return np.sort(margins[np.argpartition(margins, limit)[:limit]])


versions = {"python": platform.python_version(), "numpy": np.__version__, "pyarrow": pyarrow.__version__}
print(json.dumps({"versions": versions, "margins": rank().tolist()}), flush=True)
for _ in sys.stdin:
    began = time.perf_counter()
    rank()
    print(json.dumps({"milliseconds": 1000 * (time.perf_counter() - began)}), flush=True)
