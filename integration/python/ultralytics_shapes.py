"""Masks, key points and turned boxes of `qualm predict` beside those of Ultralytics' own predict.

    python ultralytics_shapes.py export segment
    python ultralytics_shapes.py compare segment image.png rows.ndjson score

Exports a small model with random weights, whose scores differ from anchor to anchor, and prints its file. Compares
rows before any suppression, and prints, as JSON, how many there are, how many of them Ultralytics has too, the least
IoU of two masks, and by how many pixels points and turned boxes differ at most.
"""

import json
import pathlib
import sys

import numpy as np
import torch

# Ultralytics talks on stdout.
stdout, sys.stdout = sys.stdout, sys.stderr

from ultralytics import YOLO  # noqa: E402
from ultralytics.utils import ops  # noqa: E402

MODELS = {"segment": "yolov8n-seg", "pose": "yolov8n-pose", "obb": "yolov8n-obb"}
SIZE = 160


def export(task):
    torch.manual_seed(5)
    model = YOLO(f"{MODELS[task]}.yaml")
    for module in model.model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(module.weight, 0.7, 1.1)
            torch.nn.init.uniform_(module.bias, -0.5, 0.5)
            module.running_var.uniform_(0.3, 0.8)
    head = model.model.model[-1]
    for name, spread, bias in (("cv2", 0.1, 1), ("cv3", 2, -3), ("cv4", 1, 0)):
        for branch in getattr(head, name):
            torch.nn.init.normal_(branch[-1].weight, 0, spread)
            torch.nn.init.constant_(branch[-1].bias, bias)
    return {"file": model.export(format="onnx", imgsz=SIZE, nms=False, simplify=False)}


def decoded(counts, height, width):
    """The pixels of COCO's compressed counts."""
    runs, value, shift = [], 0, 0
    for code in counts.encode():
        code -= 48
        value |= (code & 0x1F) << shift
        shift += 5
        if code & 0x20:
            continue
        if code & 0x10:
            value -= 1 << shift
        runs.append(value + (runs[-2] if len(runs) > 2 else 0))
        value, shift = 0, 0
    pixels = np.repeat(np.arange(len(runs)) % 2, runs)
    return pixels.reshape(width, height).T.astype(bool)


def theirs(task, image, score):
    model = YOLO(f"{MODELS[task]}.onnx", task=task)
    options = {"iou": 1.0, "max_det": 10_000, "retina_masks": True, "device": "cpu", "verbose": False}
    found = model.predict(image, conf=score, imgsz=SIZE, **options)[0]
    if task == "obb":
        return found.obb.conf, found.obb.xyxy, ops.regularize_rboxes(found.obb.xywhr)
    return found.boxes.conf, found.boxes.xyxy, found.masks.data if task == "segment" else found.keypoints.data


def compare(task, image, rows, score):
    conf, boxes, shapes = (part.numpy() for part in theirs(task, image, float(score)))
    row = json.loads(pathlib.Path(rows).read_text())
    height, width = row["height"], row["width"]
    boxes = boxes.clip(0, [width, height, width, height])
    compared, same, least_iou, farthest = 0, 0, 1.0, 0.0
    for found in row["detections"]:
        box = np.array([found["box"][edge] for edge in ("xmin", "ymin", "xmax", "ymax")])
        mask = decoded(found["mask"]["counts"], height, width) if task == "segment" else None
        if mask is not None and not mask.any():
            continue  # Ultralytics leaves these out.
        compared += 1
        near = np.flatnonzero((np.abs(boxes - box).max(1) < 0.1) & (np.abs(conf - found["scores"][0]) < 1e-4))
        if len(near) == 0:
            continue
        same += 1
        if mask is not None:
            ious = [(mask & (shapes[at] > 0)).sum() / (mask | (shapes[at] > 0)).sum() for at in near]
            least_iou = min(least_iou, float(max(ious)))
        elif task == "pose":
            own = np.array(found["keypoints"]).reshape(-1, 3)
            farthest = max(farthest, min(float(np.abs(shapes[at] - own).max()) for at in near))
        else:
            own = np.array([found["rotated_box"][part] for part in ("cx", "cy", "width", "height", "angle")])
            farthest = max(farthest, min(float(np.abs(shapes[at] - own).max()) for at in near))
    return {"rows": compared, "same": same, "leastIou": least_iou, "farthest": farthest}


command, *arguments = sys.argv[1:]
print(json.dumps({"export": export, "compare": compare}[command](*arguments)), file=stdout)
