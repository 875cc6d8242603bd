"""Images per second of Python over 200 photographs: decode, preprocess, onnxruntime, and reading the best class.

Usage: predict.py SPEC.json MODELS IMAGES. "plain" is a loop with onnxruntime at its defaults; "pool" is one process for
each core, each with a single-threaded session and its share of the images. With "boxes" the raw outputs become boxes
with their sorted class scores, by NumPy and OpenCV's suppression for each class, and reach the process that asked, which is
the job that we do; without it only a maximum is taken, which favours Python.
"""

import json
import multiprocessing
import os
import pathlib
import platform
import sys
import time

import cv2
import numpy as np
import onnxruntime
import PIL
from PIL import Image

spec = json.loads(pathlib.Path(sys.argv[1]).read_text())
model = str(pathlib.Path(sys.argv[2]) / spec["files"]["model"])
paths = sorted(str(path) for path in pathlib.Path(sys.argv[3]).iterdir())[:200]
size = (spec["input"]["size"]["width"], spec["input"]["size"]["height"])
letterbox = spec["input"]["resize"] if spec["input"]["resize"]["mode"] == "letterbox" else None
name = spec["input"]["name"]


def fitted(width, height):
    if not letterbox:
        return size
    scale = min(size[0] / width, size[1] / height)
    return max(1, int(width * scale)), max(1, int(height * scale))


def with_pillow(path):
    image = Image.open(path)
    image.draft("RGB", fitted(*image.size))
    image = image.convert("RGB")
    pixels = np.asarray(image.resize(fitted(*image.size), Image.Resampling.BILINEAR))
    return pixels[:, :, ::-1] if spec["input"]["channels"] == "bgr" else pixels


def with_opencv(path):
    pixels = cv2.imread(path)
    pixels = cv2.resize(pixels, fitted(pixels.shape[1], pixels.shape[0]))
    return pixels if spec["input"]["channels"] == "bgr" else pixels[:, :, ::-1]


def with_both(path):
    """OpenCV decodes faster, Pillow averages over the source as we do: the same pixels as ours."""
    pixels = cv2.imread(path)
    image = Image.fromarray(pixels)
    pixels = np.asarray(image.resize(fitted(*image.size), Image.Resampling.BILINEAR))
    return pixels if spec["input"]["channels"] == "bgr" else pixels[:, :, ::-1]


def tensor(pixels):
    if letterbox:
        canvas = np.full((size[1], size[0], 3), letterbox["pad"], dtype=np.uint8)
        canvas[: pixels.shape[0], : pixels.shape[1]] = pixels
        pixels = canvas
    if spec["input"]["layout"] == "nchw":
        pixels = pixels.transpose(2, 0, 1)
    return np.ascontiguousarray(pixels, dtype=spec["input"]["dtype"])[None]


def yolox_grid():
    cells = []
    for stride in spec["head"]["strides"]:
        ys, xs = np.mgrid[: size[1] // stride, : size[0] // stride]
        cells.append(np.stack([xs, ys, np.full_like(xs, stride)], axis=-1).reshape(-1, 3))
    return np.concatenate(cells).astype(np.float32)


grid = yolox_grid() if spec["head"]["type"] == "yolox" else None


def candidates(outputs):
    """Boxes x, y, w, h in pixels of the input, and the foreground scores."""
    if grid is not None:
        raw = outputs[spec["head"]["outputs"]["predictions"]][0]
        scores = raw[:, 5:] * raw[:, 4:5]
        rows = np.flatnonzero(scores.max(axis=1) > 0.01)
        raw, scores, cells = raw[rows], scores[rows], grid[rows]
        wh = np.exp(raw[:, 2:4]) * cells[:, 2:]
        return np.concatenate([(raw[:, :2] + cells[:, :2]) * cells[:, 2:] - wh / 2, wh], axis=1), scores
    scores = outputs[spec["head"]["outputs"]["scores"]][0, :, 1:]
    rows = np.flatnonzero(scores.max(axis=1) > 0.01)
    anchors = outputs[spec["head"]["anchors"]["output"]][0][rows]
    wh = anchors[:, 2:] - anchors[:, :2]
    corners = outputs[spec["head"]["outputs"]["boxes"]][0][rows] * np.tile(wh, 2) + anchors
    corners *= np.array(size * 2, dtype=np.float32)
    return np.concatenate([corners[:, :2], corners[:, 2:] - corners[:, :2]], axis=1), scores[rows]


def boxes(outputs):
    found, scores = candidates(outputs)
    if len(found) == 0:
        return []
    best = scores.argmax(axis=1)
    iou = spec["head"].get("iouThreshold", 0.45)
    kept = cv2.dnn.NMSBoxesBatched(found, scores.max(axis=1), best.astype(np.int32), 0.01, iou)[:100]
    order = np.argsort(-scores[kept], axis=1)
    return found[kept], np.take_along_axis(scores[kept], order, axis=1), order


def maxima(outputs):
    return [output.max() for output in outputs.values()]


readers = {"pillow": with_pillow, "opencv": with_opencv, "opencv and pillow": with_both}
ends = {"": maxima, " with boxes": boxes}


def predict(session, read, path, end):
    names = [output.name for output in session.get_outputs()]
    return end(dict(zip(names, session.run(names, {name: tensor(read(path))}))))


def plain(reader, end):
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    predict(session, readers[reader], paths[0], ends[end])
    began = time.perf_counter()
    for path in paths:
        predict(session, readers[reader], path, ends[end])
    return len(paths) / (time.perf_counter() - began)


single = None


def start():
    global single
    cv2.setNumThreads(1)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    single = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def predict_in_pool(job):
    reader, path, end = job
    return predict(single, readers[reader], path, ends[end])


def pooled(reader, end):
    cores = len(os.sched_getaffinity(0))
    with multiprocessing.get_context("spawn").Pool(cores, start) as pool:
        pool.map(predict_in_pool, [(reader, path, end) for path in paths[: 4 * cores]], chunksize=1)
        began = time.perf_counter()
        for _ in pool.imap(predict_in_pool, [(reader, path, end) for path in paths], chunksize=4):
            pass
        return len(paths) / (time.perf_counter() - began)


if __name__ == "__main__":
    rates = {
        f"{kind} {reader}{end}": run(reader, end)
        for kind, run in {"plain": plain, "pool": pooled}.items()
        for reader in readers
        for end in ends
    }
    versions = {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "onnxruntime": onnxruntime.__version__,
        "pillow": PIL.__version__,
        "opencv": cv2.__version__,
    }
    print(json.dumps({"versions": versions, "rates": rates}))
