"""Pillow + NumPy: decode, letterbox 416 top-left, pad 114, BGR float32 NCHW. One JSON line with milliseconds per image.

python preprocess.py IMAGES_FOLDER LIMIT [THREADS]
"""
import json, pathlib, platform, sys, time
from concurrent.futures import ThreadPoolExecutor
import numpy as np, PIL
from PIL import Image

SIZE = 416


def preprocess(path, out):
    with Image.open(path) as opened:
        image = opened.convert("RGB")
    ratio = min(SIZE / image.height, SIZE / image.width)
    width, height = int(image.width * ratio), int(image.height * ratio)
    out.fill(114)
    pixels = np.asarray(image.resize((width, height), Image.BILINEAR))
    out[:, :height, :width] = pixels[..., ::-1].transpose(2, 0, 1)


folder, limit = sys.argv[1], int(sys.argv[2])
threads = int(sys.argv[3]) if len(sys.argv) > 3 else 1
paths = sorted(pathlib.Path(folder).glob("*.jpg"))[:limit]
batch = np.empty((len(paths), 3, SIZE, SIZE), np.float32)


def run():
    started, cpu = time.perf_counter(), time.process_time()
    if threads == 1:
        for index, path in enumerate(paths):
            preprocess(path, batch[index])
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(preprocess, paths, batch))
    scale = 1000 / len(paths)
    return (time.perf_counter() - started) * scale, (time.process_time() - cpu) * scale


run()
walls, cpus = (sorted(times) for times in zip(*(run() for _ in range(5))))
print(json.dumps({"msPerImage": walls[2], "best": walls[0], "cpuMsPerImage": cpus[2],
                  "versions": {"python": platform.python_version(), "Pillow": PIL.__version__, "numpy": np.__version__}}))
