"""Boxes and masks of raw outputs by ultralytics itself: what benchmarks/mask-decode.ts compares with."""

import json
import pathlib
import sys

import numpy as np
import torch
import ultralytics
from best_of import best_of
from pycocotools import mask as coco_mask
from ultralytics.utils import ops
from ultralytics.utils.nms import non_max_suppression

torch.set_num_threads(1)
folder = pathlib.Path(sys.argv[1])
work = json.loads((folder / "work.json").read_text())
size = (work["input"]["height"], work["input"]["width"])


def read(name, *shape):
    return torch.from_numpy(np.fromfile(folder / name, np.float32).reshape(shape))


def boxes_of(predictions, shape):
    rows = non_max_suppression(predictions, work["confidence"], 0.7, nc=work["numClasses"], max_det=300)[0]
    return rows, ops.scale_boxes(size, rows[:, :4].clone(), shape)


def decode(predictions, prototypes, shape):
    rows, boxes = boxes_of(predictions, shape)
    return ops.process_mask_native(prototypes, rows[:, 6:], boxes, shape)


cases = []
with torch.inference_mode():
    for at, original in enumerate(work["originals"]):
        shape = (original["height"], original["width"])
        predictions = read(f"{at}-predictions.bin", 1, work["rows"], work["numAnchors"])
        prototypes = read(f"{at}-prototypes.bin", work["numPrototypes"], work["side"], work["side"])
        rows, boxes = boxes_of(predictions, shape)
        masks = decode(predictions, prototypes, shape)
        coded = [coco_mask.encode(np.asfortranarray(one.numpy()))["counts"].decode() for one in masks]
        cases.append(
            {
                "all": best_of(work["repeats"], lambda: decode(predictions, prototypes, shape)),
                "masks": best_of(
                    work["repeats"], lambda: ops.process_mask_native(prototypes, rows[:, 6:], boxes, shape)
                ),
                "counts": coded,
            }
        )
versions = {"torch": torch.__version__, "ultralytics": ultralytics.__version__, "numpy": np.__version__}
print(json.dumps({"versions": versions, "cases": cases}))
