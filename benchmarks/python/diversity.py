"""Times farthest-first traversal by scikit-activeml and NumPy. Usage: diversity.py FILE DIMENSIONS COUNT"""

import json
import platform
import sys
import time
from importlib.metadata import version

import numpy as np
from skactiveml.pool import CoreSet

file, dimensions, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
rows = np.fromfile(file, dtype=np.float32).reshape(-1, dimensions)
labels = np.full(len(rows), np.nan)
labels[0] = 0


def numpy_picks(squares_to, count):
    least = squares_to(0)
    picks = []
    for _ in range(count):
        picks.append(int(least.argmax()))
        np.minimum(least, squares_to(picks[-1]), out=least)
    return picks


def numpy_differences(count):
    return numpy_picks(lambda row: ((rows - rows[row]) ** 2).sum(axis=1), count)


def numpy_products(count):
    norms = np.einsum("ij,ij->i", rows, rows)
    return numpy_picks(lambda row: norms - 2 * (rows @ rows[row]) + norms[row], count)


def core_set(count):
    return CoreSet(random_state=0).query(rows, labels, batch_size=count).tolist()


def timed(pick, count):
    began = time.perf_counter()
    picks = pick(count)
    return {"perPick": 1000 * (time.perf_counter() - began) / count, "picks": picks}


def best(run):
    times = []
    for _ in range(5):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return 1000 * min(times)


print(
    json.dumps(
        {
            "versions": {
                "python": platform.python_version(),
                **{name: version(name) for name in ("numpy", "scikit-learn", "scikit-activeml")},
            },
            "peers": {
                "scikit-activeml CoreSet": timed(core_set, 50),
                "NumPy ((x - c) ** 2).sum(1)": timed(numpy_differences, 50),
                "NumPy norms - 2 x @ c (BLAS)": timed(numpy_products, count),
            },
            "floor": best(rows.sum),
        }
    )
)
