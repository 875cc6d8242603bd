"""Times NumPy's full and partial sorts of float64 scores. Usage: top_rows.py FILE REPEATS COUNT..."""

import json
import platform
import sys

import numpy as np

from best_of import best_of

file, repeats, counts = sys.argv[1], int(sys.argv[2]), [int(count) for count in sys.argv[3:]]
scores = np.fromfile(file, dtype=np.float64)


def top(count):
    rows = np.argpartition(-scores, count)[:count]
    return rows[np.argsort(-scores[rows])]


print(
    json.dumps(
        {
            "versions": {"python": platform.python_version(), "numpy": np.__version__},
            "sort": best_of(repeats, lambda: np.sort(scores)),
            "argsort": best_of(repeats, lambda: np.argsort(-scores)),
            "top": {str(count): best_of(repeats, lambda count=count: top(count)) for count in counts},
            "first": [int(row) for row in top(10)],
        }
    )
)
