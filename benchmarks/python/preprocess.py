"""Decode, letterbox 416 top-left, pad 114, BGR float32 NCHW, with Pillow or OpenCV. One JSON line with milliseconds per image.

python preprocess.py IMAGES_FOLDER LIMIT [THREADS] [pillow|opencv]

OpenCV's INTER_LINEAR samples four pixels where Pillow's BILINEAR averages the source area: less work, other pixels.
"""
import json, pathlib, platform, sys, time
from concurrent.futures import ThreadPoolExecutor
import numpy as np

SIZE = 416


def resized(width, height):
    ratio = min(SIZE / height, SIZE / width)
    return int(width * ratio), int(height * ratio)


def use_pillow():
    import PIL
    from PIL import Image

    def bgr(path):
        with Image.open(path) as opened:
            image = opened.convert("RGB")
        return np.asarray(image.resize(resized(image.width, image.height), Image.BILINEAR))[..., ::-1]

    return bgr, {"Pillow": PIL.__version__}


def use_opencv():
    import cv2

    cv2.setNumThreads(1)

    def bgr(path):
        image = cv2.imread(str(path))
        height, width, _ = image.shape
        return cv2.resize(image, resized(width, height), interpolation=cv2.INTER_LINEAR)

    return bgr, {"OpenCV": cv2.__version__}


def preprocess(path, out):
    pixels = bgr(path)
    out.fill(114)
    out[:, : pixels.shape[0], : pixels.shape[1]] = pixels.transpose(2, 0, 1)


folder, limit = sys.argv[1], int(sys.argv[2])
threads = int(sys.argv[3]) if len(sys.argv) > 3 else 1
bgr, versions = {"pillow": use_pillow, "opencv": use_opencv}[sys.argv[4] if len(sys.argv) > 4 else "pillow"]()
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
                  "versions": {"python": platform.python_version(), "numpy": np.__version__, **versions}}))
