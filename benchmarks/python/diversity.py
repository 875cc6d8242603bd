"""Times farthest-first traversal by scikit-activeml and NumPy. Usage: diversity.py FILE DIMENSIONS COUNT"""

import json
import platform
import sys
import time
from importlib.metadata import version

import numpy as np
from scipy.sparse.csgraph import connected_components
from skactiveml.base import SkactivemlClassifier
from skactiveml.pool import Badge, CoreSet
from sklearn.cluster import KMeans, kmeans_plusplus
from sklearn.neighbors import radius_neighbors_graph

from best_of import best_of

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


class Fixed(SkactivemlClassifier):
    """Says what it was told."""

    def __init__(self, probabilities=None, classes=None):
        super().__init__(classes=classes)
        self.probabilities = probabilities

    def fit(self, X, y, sample_weight=None):
        return self

    def predict_proba(self, X):
        return self.probabilities


few = rows[:5000]
probabilities = np.random.default_rng(2).random((len(few), 10)) ** 8
probabilities /= probabilities.sum(axis=1, keepdims=True)
classifier = Fixed(probabilities, list(range(10)))
unit = few / np.linalg.norm(few, axis=1, keepdims=True)


def badge():
    return Badge(random_state=0).query(few, np.full(len(few), np.nan), clf=classifier, fit_clf=False, batch_size=50)


def k_means():
    return KMeans(100, init=rows[:100], n_init=1, tol=0, max_iter=20, algorithm="lloyd").fit(rows)


def once(run):
    began = time.perf_counter()
    run()
    return 1000 * (time.perf_counter() - began)


others = {
    # Plain k-means++, as ours: one candidate for each pick. 50 picks, of which each costs the same.
    "kMeansPlusPlus": ("scikit-learn kmeans_plusplus", once(lambda: kmeans_plusplus(rows, 50, n_local_trials=1)) / 50 * count),
    "badge": ("scikit-activeml Badge", once(badge)),
    "kMeans": ("scikit-learn KMeans (BLAS)", once(k_means)),
    "nearDuplicates": (
        "scikit-learn radius_neighbors_graph and SciPy connected_components",
        once(lambda: connected_components(radius_neighbors_graph(unit, np.sqrt(2 * 0.05)))),
    ),
}

print(
    json.dumps(
        {
            "versions": {
                "python": platform.python_version(),
                **{name: version(name) for name in ("numpy", "scipy", "scikit-learn", "scikit-activeml")},
            },
            "peers": {
                "scikit-activeml CoreSet": timed(core_set, 50),
                "NumPy ((x - c) ** 2).sum(1)": timed(numpy_differences, 50),
                "NumPy norms - 2 x @ c (BLAS)": timed(numpy_products, count),
            },
            "others": {name: {"peer": peer, "milliseconds": value} for name, (peer, value) in others.items()},
            "floor": best_of(5, rows.sum),
        }
    )
)
