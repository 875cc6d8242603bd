"""Detections of the first images of a folder and their rankings by uncertainty, as one JSON document on stdout.

usage: rankings.py coco-ssd-onnx|ssd-fpnlite|yolox-nano model.onnx images/ limit

Written from the models' own documentation with ONNX Runtime, NumPy, SciPy and Pillow, from the file to the list.
"""

import json
import pathlib
import sys

import numpy as np
import onnxruntime
from PIL import Image, ImageOps
from scipy.stats import entropy

SCORE_THRESHOLD = 0.01
MAX_DETECTIONS = 100


def sigmoid_ssd(session, rgb):
    """SSDLite: 90 sigmoid scores, boxes y1, x1, y2, x2 relative to the input."""
    tensor = ((rgb.astype(np.float32) - 127.5) / 127.5).transpose(2, 0, 1)[None]
    scores, boxes = session.run(["scores", "boxes"], {"image": tensor})
    boxes = boxes.reshape(-1, 4)[:, [1, 0, 3, 2]] * np.tile(rgb.shape[1::-1], 2)
    return scores[0], boxes


def corner_offset_ssd(session, rgb):
    """SSD FPN-Lite: softmax scores with the background first, corners = offset * anchor's sides + anchor's corners."""
    names = ["StatefulPartitionedCall:2", "StatefulPartitionedCall:1", "StatefulPartitionedCall:0"]
    scores, offsets, anchors = session.run(names, {session.get_inputs()[0].name: rgb[None]})
    offsets, anchors = offsets.reshape(-1, 4), anchors.reshape(-1, 4)
    sides = np.tile(anchors[:, 2:] - anchors[:, :2], 2)
    return scores[0][:, 1:], (anchors + offsets * sides) * np.tile(rgb.shape[1::-1], 2)


def yolox(session, rgb):
    """YOLOX: centre offsets and log sides on three grids, objectness times class scores (demo_postprocess)."""
    tensor = rgb[:, :, ::-1].astype(np.float32).transpose(2, 0, 1)[None]
    (output,) = session.run(None, {session.get_inputs()[0].name: tensor})
    cells, strides = [], []
    for stride in (8, 16, 32):
        x, y = np.meshgrid(np.arange(rgb.shape[1] // stride), np.arange(rgb.shape[0] // stride))
        cells.append(np.stack([x.ravel(), y.ravel()], 1))
        strides.append(np.full((x.size, 1), stride))
    cells, strides = np.concatenate(cells), np.concatenate(strides)
    centres = (output[0][:, :2] + cells) * strides
    halves = np.exp(output[0][:, 2:4]) * strides / 2
    return output[0][:, 4:5] * output[0][:, 5:], np.concatenate([centres - halves, centres + halves], 1)


MODELS = {
    "coco-ssd-onnx": dict(decode=sigmoid_ssd, size=300, letterbox=False, iou=0.6, candidates=400, clip=True),
    "ssd-fpnlite": dict(decode=corner_offset_ssd, size=256, letterbox=False, iou=0.5, candidates=400, clip=True),
    "yolox-nano": dict(decode=yolox, size=416, letterbox=True, iou=0.65, candidates=1000, clip=False),
}


def model_input(image, size, letterbox):
    """The pixels that the model sees, and how many of them one pixel of the image is, in x and y."""
    if not letterbox:
        return np.asarray(image.resize((size, size), Image.BILINEAR)), (size / image.width, size / image.height)
    ratio = min(size / image.width, size / image.height)
    width, height = int(image.width * ratio), int(image.height * ratio)
    padded = np.full((size, size, 3), 114, np.uint8)
    padded[:height, :width] = np.asarray(image.resize((width, height), Image.BILINEAR))
    return padded, (width / image.width, height / image.height)


def suppress(boxes, threshold):
    """Greedy suppression of boxes that come best first."""
    areas = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    kept = []
    for row, box in enumerate(boxes):
        low = np.maximum(box[:2], boxes[kept, :2])
        high = np.minimum(box[2:], boxes[kept, 2:])
        shared = np.prod(np.clip(high - low, 0, None), axis=1)
        union = areas[row] + areas[kept] - shared
        if not np.any(shared > threshold * union):
            kept.append(row)
    return kept


def select(scores, boxes, iou, candidates):
    """Anchors, each by its best class: the best candidates of a class, suppressed among themselves, the best of all."""
    best, classes = scores.max(1), scores.argmax(1)
    kept = []
    for label in np.unique(classes[best > SCORE_THRESHOLD]):
        anchors = np.flatnonzero((classes == label) & (best > SCORE_THRESHOLD))
        anchors = anchors[np.argsort(-best[anchors], kind="stable")][:candidates]
        kept.extend(anchors[suppress(boxes[anchors], iou)])
    kept = np.array(sorted(kept), int)
    return kept[np.argsort(-best[kept], kind="stable")][:MAX_DETECTIONS]


def main():
    name, path, folder, limit = sys.argv[1:5]
    model = MODELS[name]
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    rows, vectors = [], []
    for file in sorted(pathlib.Path(folder).iterdir(), key=lambda file: file.name)[: int(limit)]:
        image = ImageOps.exif_transpose(Image.open(file)).convert("RGB")
        pixels, scale = model_input(image, model["size"], model["letterbox"])
        scores, boxes = model["decode"](session, pixels)
        boxes = boxes.astype(np.float64)
        if model["clip"]:
            boxes = boxes.clip(0, model["size"])
        boxes[:, 2:] = np.maximum(boxes[:, 2:], boxes[:, :2])  # a box turned inside out is an empty one
        for anchor in select(scores, boxes, model["iou"], model["candidates"]):
            box = (boxes[anchor] / np.tile(scale, 2)).clip(0, np.tile(image.size, 2))
            rows.append({"image": file.name, "box": box.tolist(), "label": int(scores[anchor].argmax())})
            vectors.append(scores[anchor])
    p = np.array(vectors, np.float64)
    first, second = -np.partition(-p, 1, axis=1)[:, :2].T
    values = {"margin": first - second, "entropy": entropy(p, axis=1), "leastConfidence": 1 - first}
    keys = {"margin": values["margin"], "entropy": -values["entropy"], "leastConfidence": -values["leastConfidence"]}
    orders = {key: np.argsort(value, kind="stable").tolist() for key, value in keys.items()}
    for row, score in zip(rows, first.tolist()):
        row["score"] = score
    print(json.dumps({"rows": rows, "values": {k: v.tolist() for k, v in values.items()}, "orders": orders}))


main()
