"""Times NumPy's and pandas' aggregations of groups. Usage: aggregate.py VALUES OFFSETS REPEATS (float64 and uint32 files)."""

import json
import platform
import sys

import numpy as np
import pandas as pd

from best_of import best_of

values = np.fromfile(sys.argv[1], dtype=np.float64)
offsets = np.fromfile(sys.argv[2], dtype=np.uint32).astype(np.int64)
repeats = int(sys.argv[3])
starts = offsets[:-1]
groups = np.repeat(np.arange(len(starts)), np.diff(offsets))
grouped = pd.Series(values).groupby(groups)


def top_3_mean():
    order = np.lexsort((-values, groups))
    place = np.arange(len(values)) - np.repeat(starts, np.diff(offsets))
    kept = values[order] * (place < 3)
    return np.add.reduceat(kept, starts) / np.minimum(3, np.diff(offsets))


jobs = {
    "max": lambda: np.maximum.reduceat(values, starts),
    "mean": lambda: np.add.reduceat(values, starts) / np.diff(offsets),
    "top3Mean": top_3_mean,
    "median": lambda: grouped.quantile(0.5).to_numpy(),
}


print(
    json.dumps(
        {
            "versions": {"python": platform.python_version(), "numpy": np.__version__, "pandas": pd.__version__},
            "milliseconds": {name: best_of(repeats, run) for name, run in jobs.items()},
            "first": {name: run()[:5].tolist() for name, run in jobs.items()},
            "floor": best_of(repeats, lambda: values.max()),
        }
    )
)
