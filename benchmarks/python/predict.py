"""Images per second of Python over 200 photographs: decode, preprocess, onnxruntime, and reading the best class.

Usage: predict.py SPEC.json MODELS IMAGES. "plain" is a loop with onnxruntime at its defaults; "pool" is one process for
each core, each with a single-threaded session and its share of the images. Box decoding and NMS are left out on this
side, so the comparison favours Python.
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


def tensor(pixels):
    if letterbox:
        canvas = np.full((size[1], size[0], 3), letterbox["pad"], dtype=np.uint8)
        canvas[: pixels.shape[0], : pixels.shape[1]] = pixels
        pixels = canvas
    if spec["input"]["layout"] == "nchw":
        pixels = pixels.transpose(2, 0, 1)
    return np.ascontiguousarray(pixels, dtype=spec["input"]["dtype"])[None]


def predict(session, read, path):
    outputs = session.run(None, {name: tensor(read(path))})
    return [output.max() for output in outputs]


readers = {"pillow": with_pillow, "opencv": with_opencv}


def plain(read):
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    predict(session, read, paths[0])
    began = time.perf_counter()
    for path in paths:
        predict(session, read, path)
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
    reader, path = job
    return predict(single, readers[reader], path)


def pooled(reader):
    cores = len(os.sched_getaffinity(0))
    with multiprocessing.get_context("spawn").Pool(cores, start) as pool:
        pool.map(predict_in_pool, [(reader, path) for path in paths[: 4 * cores]], chunksize=1)
        began = time.perf_counter()
        for _ in pool.imap(predict_in_pool, [(reader, path) for path in paths], chunksize=4):
            pass
        return len(paths) / (time.perf_counter() - began)


if __name__ == "__main__":
    rates = {f"plain {reader}": plain(read) for reader, read in readers.items()}
    rates |= {f"pool {reader}": pooled(reader) for reader in readers}
    versions = {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "onnxruntime": onnxruntime.__version__,
        "pillow": PIL.__version__,
        "opencv": cv2.__version__,
    }
    print(json.dumps({"versions": versions, "rates": rates}))
