"""Times scores of a float32 matrix by SciPy, scikit-activeml and NumPy. Usage: strategies.py FILE NUM_CLASSES REPEATS"""

import json
import platform
import sys
from importlib.metadata import version

import numpy as np
from scipy.stats import entropy
from skactiveml.pool import uncertainty_scores

from best_of import best_of

file, num_classes, repeats = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
scores = np.fromfile(file, dtype=np.float32).reshape(-1, num_classes)
# scikit-activeml wants rows that sum to 1.
probabilities = scores / scores.sum(axis=1, keepdims=True)


def numpy_entropy():
    p = scores / scores.sum(axis=1, keepdims=True)
    return -(p * np.log(p)).sum(axis=1)


def numpy_margin():
    top = np.partition(scores, -2, axis=1)
    return top[:, -1] - top[:, -2]


forms = {
    "entropy": {
        "SciPy": lambda: entropy(scores, axis=1),
        "scikit-activeml": lambda: uncertainty_scores(probabilities, method="entropy"),
        "NumPy float32": numpy_entropy,
    },
    "margin": {
        "scikit-activeml": lambda: uncertainty_scores(probabilities, method="margin_sampling"),
        "NumPy float32": numpy_margin,
    },
    "leastConfidence": {
        "scikit-activeml": lambda: uncertainty_scores(probabilities, method="least_confident"),
        "NumPy float32": lambda: 1 - scores.max(axis=1),
    },
}


print(
    json.dumps(
        {
            "versions": {
                "python": platform.python_version(),
                **{name: version(name) for name in ("numpy", "scipy", "scikit-activeml")},
            },
            "milliseconds": {name: {peer: best_of(repeats, run) for peer, run in peers.items()} for name, peers in forms.items()},
            "sums": {name: float(peers["NumPy float32"]().astype(np.float64).sum()) for name, peers in forms.items()},
            "floor": best_of(repeats, scores.sum),
        }
    )
)
