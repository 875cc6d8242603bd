"""Times SciPy's entropy and NumPy's margin over a float32 matrix. Usage: strategies.py FILE NUM_CLASSES REPEATS"""

import json
import platform
import sys
import time

import numpy as np
import scipy
from scipy.stats import entropy

file, num_classes, repeats = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
scores = np.fromfile(file, dtype=np.float32).reshape(-1, num_classes)


def margin(matrix, axis):
    top = np.partition(matrix, -2, axis=axis)
    return top[:, -1] - top[:, -2]


def best(run):
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        run(scores, axis=1)
        times.append(time.perf_counter() - began)
    return 1000 * min(times)


print(
    json.dumps(
        {
            "versions": {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__},
            "milliseconds": {"entropy": best(entropy), "margin": best(margin)},
            "sums": {
                "entropy": float(entropy(scores, axis=1).astype(np.float64).sum()),
                "margin": float(margin(scores, axis=1).astype(np.float64).sum()),
            },
        }
    )
)
