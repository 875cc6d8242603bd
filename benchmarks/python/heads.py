"""Boxes with their class scores of raw outputs, by NumPy alone: what heads.ts times, on the same numbers.

Usage: heads.py CASES.json. Anchors are filtered by their best class before anything else is computed of them.
"""

import json
import platform
import sys
import time

import numpy as np

given = json.load(open(sys.argv[1]))
rounds, selection = given["rounds"], given["selection"]
threshold = selection["scoreThreshold"]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def centered(x, y, w, h):
    return np.stack([x - w / 2, y - h / 2, x + w / 2, y + h / 2], 1)


def clipped(boxes, size):
    return np.clip(boxes, 0, np.array([*size, *size], np.float32))


def passing(scores):
    return np.flatnonzero(scores.max(1) > threshold)


def moved(anchors, codes, weights):
    wh = anchors[:, 2:] - anchors[:, :2]
    centre = anchors[:, :2] + wh / 2 + codes[:, :2] / weights[:2] * wh
    half = np.exp(np.minimum(codes[:, 2:] / weights[2:], np.log(1000 / 16))) * wh / 2
    return np.concatenate([centre - half, centre + half], 1)


def default_boxes(anchors, size):
    boxes = []
    scales = anchors["scales"]
    for level, ((rows, cells), ratios, step) in enumerate(zip(anchors["featureMaps"], anchors["aspectRatios"], anchors["steps"])):
        between = np.sqrt(scales[level] * scales[level + 1])
        wh = [(scales[level], scales[level]), (between, between)]
        for ratio in ratios:
            wide, tall = scales[level] * np.sqrt(ratio), scales[level] / np.sqrt(ratio)
            wh += [(wide, tall), (tall, wide)]
        wh = np.minimum(np.array(wh), 1)
        y, x = np.mgrid[:rows, :cells]
        centre = np.stack([(x + 0.5) * step / size[0], (y + 0.5) * step / size[1]], -1).reshape(-1, 1, 2)
        boxes.append(np.concatenate([centre - wh / 2, centre + wh / 2], -1).reshape(-1, 4))
    return np.concatenate(boxes) * np.tile(size, 2)


def anchor_grid(anchors, size):
    boxes = []
    for (rows, cells), sizes, ratios in zip(anchors["featureMaps"], anchors["sizes"], anchors["aspectRatios"]):
        tall = np.sqrt(np.array(ratios, np.float32))[:, None] * np.array(sizes, np.float32)
        wide = (1 / np.sqrt(np.array(ratios, np.float32)))[:, None] * np.array(sizes, np.float32)
        base = np.round(np.stack([-wide, -tall, wide, tall], -1).reshape(-1, 4) / 2)
        y, x = np.mgrid[:rows, :cells]
        shift = np.stack([x * (size[0] // cells), y * (size[1] // rows)], -1).reshape(-1, 1, 2)
        boxes.append((np.tile(shift, 2) + base).reshape(-1, 4))
    return np.concatenate(boxes)


def cells_of(size, strides):
    parts = [(x, y, s) for s in strides for y in range(-(-size[1] // s)) for x in range(-(-size[0] // s))]
    return np.array(parts, np.float32).T


# What does not depend on the outputs is made once, as our heads make it once.
def ssd(head, size):
    anchors = head["anchors"]
    anchors = (default_boxes if anchors["generator"] == "default-boxes" else anchor_grid)(anchors, size)
    weights = np.array(head["boxEncoding"]["weights"])

    def decode(s, b):
        if head["activation"] == "softmax":
            scores = softmax(s)[:, 1:]
            rows = passing(scores)
            scores = scores[rows]
        else:
            rows = np.flatnonzero(s.max(1) > np.log(threshold / (1 - threshold)))
            scores = sigmoid(s[rows])
        return clipped(moved(anchors[rows], b[rows], weights), size), scores

    return decode


def faster_rcnn(head, size):
    weights = np.array([10, 10, 5, 5])

    def decode(s, b, r):
        scores = softmax(s)[:, 1:]
        rows = passing(scores)
        best = scores[rows].argmax(1) + 1
        codes = b[rows].reshape(len(rows), -1, 4)[np.arange(len(rows)), best]
        return clipped(moved(r[rows], codes, weights), size), scores[rows]

    return decode


def yolox(head, size):
    x, y, stride = cells_of(size, head["strides"])

    def decode(p):
        rows = np.flatnonzero(p[:, 4] > threshold)
        scores = p[rows, 4:5] * p[rows, 5:]
        kept = passing(scores)
        rows, scores = rows[kept], scores[kept]
        box = p[rows]
        by = stride[rows]
        return centered((box[:, 0] + x[rows]) * by, (box[:, 1] + y[rows]) * by, np.exp(box[:, 2]) * by, np.exp(box[:, 3]) * by), scores

    return decode


def yolov5(head, size):
    def decode(p):
        rows = np.flatnonzero(p[:, 4] > threshold)
        scores = p[rows, 4:5] * p[rows, 5:]
        kept = passing(scores)
        return centered(*p[rows[kept], :4].T), scores[kept]

    return decode


def yolov8(head, size):
    def decode(p):
        p = p if p.shape[1] == 84 else p.T
        rows = passing(p[:, 4:])
        return centered(*p[rows, :4].T), p[rows, 4:]

    return decode


def nanodet(head, size):
    x, y, stride = cells_of(size, head["strides"])
    levels = len(head["strides"])

    def decode(*outputs):
        scores, distances = np.concatenate(outputs[::2]), np.concatenate(outputs[1::2])
        rows = passing(scores)
        mean = (softmax(distances[rows].reshape(len(rows), 4, -1)) * np.arange(distances.shape[1] // 4)).sum(-1)
        cx, cy, by = x[rows] + 0.5, y[rows] + 0.5, stride[rows]
        boxes = np.stack([cx - mean[:, 0], cy - mean[:, 1], cx + mean[:, 2], cy + mean[:, 3]], 1) * by[:, None]
        return clipped(boxes, size), scores[rows]

    assert levels == 4
    return decode


def fastestdet(head, size):
    def decode(p):
        rows, cells = p.shape[1:]
        p = p.reshape(p.shape[0], -1)
        scores = (p[0] ** 0.6 * p[5:] ** 0.4).T
        kept = passing(scores)
        y, x = np.divmod(kept, cells)
        box = p[1:5, kept]
        boxes = centered((np.tanh(box[0]) + x) / cells, (np.tanh(box[1]) + y) / rows, sigmoid(box[2]), sigmoid(box[3]))
        return boxes * np.tile(size, 2), scores[kept]

    return decode


def fastestv2(head, size):
    def decode(*outputs):
        boxes, scores = [], []
        for value, anchors in zip(outputs, np.array(head["anchors"])):
            rows, cells = value.shape[:2]
            value = value.reshape(rows * cells, -1)
            cell, which = np.nonzero(value[:, 12:15] > threshold)
            score = value[cell, 12 + which][:, None] * value[cell, 15:]
            kept = passing(score)
            cell, which = cell[kept], which[kept]
            reg = value[cell, :12].reshape(len(cell), 3, 4)[np.arange(len(cell)), which]
            y, x = np.divmod(cell, cells)
            wh = (reg[:, 2:] * 2) ** 2 * anchors[which]
            boxes.append(centered((reg[:, 0] * 2 - 0.5 + x) * (size[0] / cells), (reg[:, 1] * 2 - 0.5 + y) * (size[1] / rows), wh[:, 0], wh[:, 1]))
            scores.append(score[kept])
        return np.concatenate(boxes), np.concatenate(scores)

    return decode


def centernet(head, size):
    def decode(s, b):
        classes, rows, cells = s.shape
        padded = np.pad(s, ((0, 0), (1, 1), (1, 1)), constant_values=-np.inf)
        wide = np.maximum(np.maximum(padded[:, :, :-2], padded[:, :, 1:-1]), padded[:, :, 2:])
        peaks = np.maximum(np.maximum(wide[:, :-2], wide[:, 1:-1]), wide[:, 2:]) == s
        low = np.log(threshold / (1 - threshold))
        masked = np.where(peaks & (s > low), s, -np.inf).reshape(classes, -1)
        kept = np.flatnonzero(masked.max(0) > low)
        y, x = np.divmod(kept, cells)
        wh = b.reshape(2, -1)[:, kept]
        by = np.array([size[0] / cells, size[1] / rows])
        boxes = centered((x + 0.5) * by[0], (y + 0.5) * by[1], wh[0] * by[0], wh[1] * by[1])
        return boxes, sigmoid(masked[:, kept].T)

    return decode


def detr(head, size):
    def decode(s, b):
        logits = s[:, :-1]
        rows = np.flatnonzero(logits.max(1) > np.log(threshold / (1 - threshold)))
        return centered(*b[rows].T) * np.tile(size, 2), sigmoid(logits[rows])

    return decode


def two_outputs(head, size):
    def decode(s, b):
        rows = passing(s)
        return b[rows], s[rows]

    return decode


def end_to_end(head, size):
    def decode(p):
        rows = np.flatnonzero(p[:, 4] > threshold)
        scores = np.zeros((len(rows), 80), np.float32)
        scores[np.arange(len(rows)), p[rows, 5].astype(int)] = p[rows, 4]
        return p[rows, :4], scores

    return decode


def classifier(head, size):
    def decode(s):
        return np.array([[0, 0, *size]], np.float32), softmax(s[None])

    return decode


def suppressed(boxes, order, iou_threshold):
    """Greedy suppression of rows in order, one row against all that are left."""
    x1, y1, x2, y2 = boxes.T
    areas = (x2 - x1) * (y2 - y1)
    kept = []
    while len(order):
        first, rest = order[0], order[1:]
        kept.append(first)
        shared = np.maximum(0, np.minimum(x2[first], x2[rest]) - np.maximum(x1[first], x1[rest])) * np.maximum(
            0, np.minimum(y2[first], y2[rest]) - np.maximum(y1[first], y1[rest])
        )
        order = rest[~(shared > iou_threshold * (areas[first] + areas[rest] - shared))]
    return kept


def select(boxes, scores):
    """The best class of each row, suppression within each class, the best detections with their sorted scores."""
    best, classes = scores.max(1), scores.argmax(1)
    kept = []
    for column in np.unique(classes):
        rows = np.flatnonzero(classes == column)
        rows = rows[np.argsort(-best[rows], kind="stable")][: selection["maxCandidates"]]
        kept += suppressed(boxes, rows, selection["iouThreshold"])
    kept = np.array(kept, dtype=int)
    kept = kept[np.argsort(-best[kept], kind="stable")][: selection["maxDetections"]]
    order = np.argsort(-scores[kept], axis=1, kind="stable")
    return boxes[kept], np.take_along_axis(scores[kept], order, 1), order


def timed(case):
    head, size = case["head"], (case["size"]["width"], case["size"]["height"])
    outputs = [np.fromfile(one["file"], np.float32).reshape(one["shape"])[0] for one in case["outputs"]]
    decode = globals()[head["type"].replace("-", "_")](head, size)
    work = lambda: select(*decode(*outputs))
    warm = time.perf_counter() + 0.3
    while time.perf_counter() < warm:
        work()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        found = work()
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    return {"timing": {"median": times[rounds // 2], "best": times[0]}, "scores": found[1][:, 0].tolist()}


results = [timed(case) for case in given["cases"]]
print(json.dumps({"results": results, "versions": {"python": platform.python_version(), "numpy": np.__version__}}))
