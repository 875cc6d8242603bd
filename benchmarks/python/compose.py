"""Times pandas and NumPy picking the largest scores with one row of each group at most. Usage: compose.py SCORES GROUPS COUNT REPEATS."""

import json
import platform
import sys

import numpy as np
import pandas as pd

from best_of import best_of

count, repeats = int(sys.argv[3]), int(sys.argv[4])
scores = np.fromfile(sys.argv[1], dtype=np.float64)
groups = np.fromfile(sys.argv[2], dtype=np.int32)


def by_pandas():
    order = np.argsort(-scores, kind="stable")
    return order[pd.Series(groups[order]).groupby(groups[order], sort=False).head(1).index[:count]]


def by_sort_values():
    frame = pd.DataFrame({"score": scores, "group": groups})
    return frame.sort_values("score", ascending=False).groupby("group", sort=False).head(1).index[:count].to_numpy()


def by_numpy():
    order = np.argsort(-scores, kind="stable")
    _, first = np.unique(groups[order], return_index=True)
    return order[np.sort(first)[:count]]


def by_part():
    """For who knows that twice as many rows will do here."""
    part = np.argpartition(-scores, 2 * count)[: 2 * count]
    order = part[np.argsort(-scores[part])]
    _, first = np.unique(groups[order], return_index=True)
    assert len(first) >= count
    return order[np.sort(first)[:count]]


runs = {"argsort, groupby.head": by_pandas, "sort_values, groupby.head": by_sort_values, "argsort, np.unique": by_numpy, "argpartition, np.unique": by_part}
print(
    json.dumps(
        {
            "versions": {"python": platform.python_version(), "numpy": np.__version__, "pandas": pd.__version__},
            "milliseconds": {name: best_of(repeats, run) for name, run in runs.items()},
            "rows": {name: run().tolist() for name, run in runs.items()},
        }
    )
)
