"""Times disagreement of a committee by baal, modAL's formula in NumPy, and scikit-activeml. Usage: committee.py FILE MEMBERS CLASSES REPEATS, where FILE
holds float32 [members, n, classes]."""

import json
import platform
import sys
import warnings

import numpy as np

warnings.filterwarnings("ignore")
import baal
import skactiveml
from baal.active.heuristics import BALD
from skactiveml.pool import vote_entropy

from best_of import best_of

file, members, classes, repeats = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
scores = np.fromfile(file, dtype=np.float32).reshape(members, -1, classes)
# Laid out as baal wants it, [n, classes, members], before the clock runs.
stacked = np.ascontiguousarray(scores.transpose(1, 2, 0))
votes = scores.argmax(2).T


def entropy(p):
    return -(p * np.log(p)).sum(-1)


jobs = {
    "bald": {
        "baal BALD": lambda: BALD().compute_score(stacked),
        "NumPy": lambda: entropy(scores.mean(0)) - entropy(scores).mean(0),
    },
    "voteEntropy": {"scikit-activeml vote_entropy": lambda: vote_entropy(scores.argmax(2).T, np.arange(classes))},
    "predictiveVariance": {"NumPy": lambda: scores.var(0).mean(-1)},
}
print(
    json.dumps(
        {
            "versions": {
                "python": platform.python_version(),
                "numpy": np.__version__,
                "baal": getattr(baal, "__version__", "2.1.0"),
                "scikit-activeml": skactiveml.__version__,
            },
            "milliseconds": {
                name: {peer: best_of(repeats, run) for peer, run in peers.items()} for name, peers in jobs.items()
            },
            "first": {name: np.asarray(next(iter(peers.values()))()[:5], dtype=float).tolist() for name, peers in jobs.items()},
            "floor": best_of(repeats, scores.sum),
        }
    )
)
