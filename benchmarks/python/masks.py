"""Times pycocotools on the work that masks.ts describes: python masks.py work.json, one JSON object on stdout.

Every step takes what pycocotools likes best (compressed RLEs, Fortran-ordered bitmaps); the least of the repeats counts.
"""

import json
import platform
import sys
import time
from importlib.metadata import version

from pycocotools import mask as coco

with open(sys.argv[1]) as file:
    work = json.load(file)
repeats, masks, groups = work["repeats"], work["masks"], work["groups"]


def rasterise(mask):
    width, height = mask["size"]
    return coco.merge(coco.frPyObjects(mask["rings"], height, width))


def least(step):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


rles = [rasterise(mask) for mask in masks]
bitmaps = [coco.decode(rle) for rle in rles[: work["bitmaps"]]]
grouped = [[rles[index] for index in group] for group in groups]
steps = {
    "polygons to compressed": lambda: [rasterise(mask) for mask in masks],
    "bitmap to compressed": lambda: [coco.encode(bitmap) for bitmap in bitmaps],
    "compressed to bitmap": lambda: [coco.decode(rle) for rle in rles[: work["bitmaps"]]],
    "area of compressed": lambda: [coco.area(rle) for rle in rles],
    "box of compressed": lambda: [coco.toBbox(rle) for rle in rles],
    "IoU matrices": lambda: [coco.iou(group, group, [0] * len(group)) for group in grouped],
    "unions": lambda: [coco.merge(group) for group in grouped],
}
print(
    json.dumps(
        {
            "versions": {"pycocotools": version("pycocotools"), "python": platform.python_version()},
            "area": sum(int(coco.area(rle)) for rle in rles),
            "milliseconds": {name: least(step) for name, step in steps.items()},
        }
    )
)
