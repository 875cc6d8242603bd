"""A YOLOX in Python as one would write it for a cluster: decode with Pillow, onnxruntime, boxes by NumPy.

One single-threaded session for each worker, which keeps it. The fixed input of the model takes one image at a time.
"""

import json
import pathlib

import numpy as np
import onnxruntime
from PIL import Image


class Detector:
    def __init__(self, job):
        spec = json.loads(pathlib.Path(job["spec"]).read_text())
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        model = pathlib.Path(job["models"]) / spec["files"]["model"]
        self.session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self.min_score = job["minScore"]
        self.name = spec["input"]["name"]
        self.output = spec["head"]["outputs"]["predictions"]
        self.width, self.height = spec["input"]["size"]["width"], spec["input"]["size"]["height"]
        self.pad = spec["input"]["resize"]["pad"]
        self.iou = spec["head"]["iouThreshold"]
        self.most = spec["head"]["maxDetections"]
        self.labels = np.array([label["id"] for label in spec["labels"]], dtype=np.int32)
        self.grid = grid(self.width, self.height, spec["head"]["strides"])
        self.canvas = np.empty((1, 3, self.height, self.width), dtype=np.float32)

    def __call__(self, path):
        """Flat boxes in pixels of the photograph, scores and label ids, by score descending."""
        size, fitted = self.fill(path)
        (raw,) = self.session.run([self.output], {self.name: self.canvas})
        return self.boxes(raw[0], size, fitted)

    def fill(self, path):
        with Image.open(path) as image:
            size = image.size
            scale = min(self.width / size[0], self.height / size[1])
            fitted = max(1, int(size[0] * scale)), max(1, int(size[1] * scale))
            image.draft("RGB", fitted)
            pixels = np.asarray(image.convert("RGB").resize(fitted, Image.Resampling.BILINEAR))
        self.canvas.fill(self.pad)
        self.canvas[0, :, : fitted[1], : fitted[0]] = pixels[:, :, ::-1].transpose(2, 0, 1)
        return size, fitted

    def boxes(self, raw, size, fitted):
        raw_rows = np.flatnonzero(raw[:, 4] >= self.min_score)
        raw, cells = raw[raw_rows], self.grid[raw_rows]
        scores = raw[:, 5:] * raw[:, 4:5]
        best = scores.argmax(axis=1)
        score = scores[np.arange(len(best)), best]
        rows = np.flatnonzero(score >= self.min_score)
        rows = rows[np.argsort(-score[rows], kind="stable")]
        raw, cells, best, score = raw[rows], cells[rows], best[rows], score[rows]
        middle = (raw[:, :2] + cells[:, :2]) * cells[:, 2:]
        half = np.exp(raw[:, 2:4]) * cells[:, 2:] / 2
        boxes = np.concatenate([middle - half, middle + half], axis=1)
        kept = suppress(boxes, best, self.iou)[: self.most]
        sides = np.array([size[0], size[1]] * 2, dtype=np.float32)
        scales = np.array([fitted[0] / size[0], fitted[1] / size[1]] * 2, dtype=np.float32)
        boxes = np.clip(boxes[kept] / scales, 0, sides)
        return boxes.astype(np.float32).ravel(), score[kept], self.labels[best[kept]]


def grid(width, height, strides):
    """Column, row and stride of each cell."""
    levels = []
    for stride in strides:
        rows, columns = np.mgrid[: height // stride, : width // stride]
        levels.append(np.stack([columns, rows, np.full_like(rows, stride)], axis=-1).reshape(-1, 3))
    return np.concatenate(levels).astype(np.float32)


def suppress(boxes, classes, threshold):
    """Greedy, within each class; rows come by score descending."""
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    kept = []
    order = np.arange(len(boxes))
    while len(order):
        first, rest = order[0], order[1:]
        kept.append(first)
        low = np.maximum(boxes[first, :2], boxes[rest, :2])
        high = np.minimum(boxes[first, 2:], boxes[rest, 2:])
        shared = np.prod(np.maximum(high - low, 0), axis=1)
        union = areas[first] + areas[rest] - shared
        order = rest[(shared <= threshold * union) | (classes[rest] != classes[first])]
    return kept


def paths(job):
    return sorted(str(path) for path in pathlib.Path(job["images"]).iterdir())
