"""Times pandas' count of pairs of classes. Usage: confused_pairs.py IDS MARGINS CLASSES REPEATS (int32 and float64 files)."""

import json
import platform
import sys

import numpy as np
import pandas as pd

from best_of import best_of

classes = int(sys.argv[3])
ids = np.fromfile(sys.argv[1], dtype=np.int32).reshape(-1, classes)
margins = np.fromfile(sys.argv[2], dtype=np.float64)
repeats = int(sys.argv[4])
names = [f"class {id}" for id in range(classes)]


def pairs():
    frame = pd.DataFrame(
        {
            "label": pd.Categorical.from_codes(ids[:, 0], names),
            "second_label": pd.Categorical.from_codes(ids[:, 1], names),
            "margin": margins,
        }
    )
    return frame.groupby(["label", "second_label"], observed=True)["margin"].agg(["count", "mean"])


found = pairs().reset_index()
print(
    json.dumps(
        {
            "versions": {"python": platform.python_version(), "numpy": np.__version__, "pandas": pd.__version__},
            "milliseconds": best_of(repeats, pairs),
            "pairs": found.astype({"label": str, "second_label": str}).values.tolist(),
        }
    )
)
