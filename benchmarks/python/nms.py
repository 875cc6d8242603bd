"""torchvision.ops.nms and batched_nms on the boxes of a JSON file: kept rows and milliseconds. One JSON line.

python nms.py CASES_JSON ROUNDS
"""

import json
import sys
import time

import numpy as np
import torch
import torchvision


def timed(function, rounds):
    kept, times = function(), []
    for _ in range(rounds):
        started = time.perf_counter()
        kept = function()
        times.append((time.perf_counter() - started) * 1e3)
    return kept.tolist(), {"median": float(np.median(times)), "best": min(times)}


def main():
    cases, rounds = json.load(open(sys.argv[1])), int(sys.argv[2])
    torch.set_num_threads(1)
    results = []
    for case in cases:
        boxes = torch.tensor(case["boxes"], dtype=torch.float32).reshape(-1, 4)
        scores = torch.tensor(case["scores"], dtype=torch.float32)
        classes = torch.tensor(case["classIds"])
        kept, plain = timed(lambda: torchvision.ops.nms(boxes, scores, 0.5), rounds)
        batched_kept, batched = timed(lambda: torchvision.ops.batched_nms(boxes, scores, classes, 0.5), rounds)
        results.append({"nms": plain, "batchedNms": batched, "kept": kept, "batchedKept": batched_kept})
    versions = {"python": sys.version.split()[0], "torch": torch.__version__, "torchvision": torchvision.__version__}
    print(json.dumps({"results": results, "versions": versions}))


main()
