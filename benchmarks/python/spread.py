"""Twenty other draws of what the fixtures of label errors and of stopping hold one of, as JSON on stdout. Wants numpy and scikit-learn.

usage: spread.py draws
Probabilities are base64 of little-endian uint16, 65535 for 1. What is drawn, and by which model, is what generate.py beside these
fixtures says.
"""

import base64
import json
import sys
from importlib.metadata import version

import numpy as np
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

data = load_digits()
pixels, truth = data.data / 16, data.target


def steps(probabilities):
    return base64.b64encode(np.round(probabilities * 65535).astype("<u2").tobytes()).decode()


def spoilt(seed):
    rng = np.random.default_rng(seed)
    wrong = rng.choice(len(truth), len(truth) // 10, replace=False)
    labels = truth.copy()
    labels[wrong] = (labels[wrong] + rng.integers(1, 10, len(wrong))) % 10
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)
    model = LogisticRegression(C=0.1, max_iter=2000)
    p = cross_val_predict(model, pixels, labels, cv=folds, method="predict_proba")
    return {"labels": labels.tolist(), "probabilities": steps(p)}


def rounds(seed):
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(truth))
    stop_set, test, pool = order[:200], order[200:700], order[700:]
    labelled = list(pool[:40])
    history = []
    for _ in range(25):
        model = LogisticRegression(C=10, max_iter=5000).fit(pixels[labelled], truth[labelled])
        p = np.zeros((len(stop_set), 10))
        p[:, model.classes_] = model.predict_proba(pixels[stop_set])
        accuracy = float(model.score(pixels[test], truth[test]))
        history.append({"labels": len(labelled), "accuracy": accuracy, "probabilities": steps(p)})
        left = np.setdiff1d(pool, labelled)
        two = np.sort(model.predict_proba(pixels[left]), axis=1)[:, -2:]
        labelled += list(left[np.argsort(two[:, 1] - two[:, 0], kind="stable")[:20]])
    return history


draws = range(int(sys.argv[1]))
versions = {name: version(name) for name in ("numpy", "scikit-learn")}
answer = {
    "versions": versions,
    "truth": truth.tolist(),
    "spoilt": [spoilt(seed) for seed in draws],
    "stopping": [rounds(seed) for seed in draws],
}
print(json.dumps(answer))
