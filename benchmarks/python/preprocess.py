"""What comes before a model, with Pillow, OpenCV or torchvision. One JSON line with milliseconds per image.

python preprocess.py IMAGES_FOLDER LIMIT [THREADS] [pillow|opencv|torchvision]

Pillow and OpenCV: decode, letterbox 416 top-left, pad 114, BGR float32 NCHW. torchvision: its ImageClassification, short side 256
and crop of 224, RGB float32 NCHW, normalised.

OpenCV's INTER_LINEAR samples four pixels where Pillow's BILINEAR averages the source area: less work, other pixels.
"""
import json, pathlib, platform, sys, time
from concurrent.futures import ThreadPoolExecutor
import numpy as np

SIDE = 416


def resized(width, height):
    ratio = min(SIDE / height, SIDE / width)
    return int(width * ratio), int(height * ratio)


def letterbox(pixels, out):
    out.fill(114)
    out[:, : pixels.shape[0], : pixels.shape[1]] = pixels.transpose(2, 0, 1)


def use_pillow():
    import PIL
    from PIL import Image

    def fill(path, out):
        with Image.open(path) as opened:
            image = opened.convert("RGB")
        letterbox(np.asarray(image.resize(resized(image.width, image.height), Image.BILINEAR))[..., ::-1], out)

    return fill, SIDE, {"Pillow": PIL.__version__}


def use_opencv():
    import cv2

    cv2.setNumThreads(1)

    def fill(path, out):
        image = cv2.imread(str(path))
        height, width, _ = image.shape
        letterbox(cv2.resize(image, resized(width, height), interpolation=cv2.INTER_LINEAR), out)

    return fill, SIDE, {"OpenCV": cv2.__version__}


def use_torchvision():
    import PIL, torch, torchvision
    from PIL import Image
    from torchvision.transforms._presets import ImageClassification

    torch.set_num_threads(1)
    transform = ImageClassification(crop_size=224)

    def fill(path, out):
        with Image.open(path) as opened:
            out[:] = transform(opened.convert("RGB")).numpy()

    return fill, 224, {"Pillow": PIL.__version__, "torchvision": torchvision.__version__}


libraries = {"pillow": use_pillow, "opencv": use_opencv, "torchvision": use_torchvision}
folder, limit = sys.argv[1], int(sys.argv[2])
threads = int(sys.argv[3]) if len(sys.argv) > 3 else 1
fill, side, versions = libraries[sys.argv[4] if len(sys.argv) > 4 else "pillow"]()
paths = sorted(pathlib.Path(folder).glob("*.jpg"))[:limit]
batch = np.empty((len(paths), 3, side, side), np.float32)


def run():
    started, cpu = time.perf_counter(), time.process_time()
    if threads == 1:
        for index, path in enumerate(paths):
            fill(path, batch[index])
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(fill, paths, batch))
    scale = 1000 / len(paths)
    return (time.perf_counter() - started) * scale, (time.process_time() - cpu) * scale


run()
walls, cpus = (sorted(times) for times in zip(*(run() for _ in range(5))))
print(json.dumps({"msPerImage": walls[2], "best": walls[0], "cpuMsPerImage": cpus[2],
                  "versions": {"python": platform.python_version(), "numpy": np.__version__, **versions}}))
