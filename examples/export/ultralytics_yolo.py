"""A YOLO of Ultralytics: python ultralytics_yolo.py best.pt

Writes best.onnx beside it, which holds the names of its classes. `nms=True` and `end2end` would
leave one confidence a box. A .yaml of Ultralytics (yolo11n.yaml) gives that model with random
weights. The spec is ultralytics_yolo.json.
"""

import sys

import torch
from ultralytics import YOLO

torch.manual_seed(0)
model = YOLO(sys.argv[1])
print(model.export(format="onnx", imgsz=640, nms=False, simplify=False))
