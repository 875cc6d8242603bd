"""Milliseconds per picture in Python: Pillow's ImageDraw, and supervision's annotators on OpenCV.

Called by benchmarks/render.ts with a folder (photograph.jpg, boxes.json) and a number of rounds; prints JSON.
"""

import io
import json
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import supervision as sv
from PIL import Image, ImageDraw, ImageFont

folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
photograph = (folder / "photograph.jpg").read_bytes()
rows = json.loads((folder / "boxes.json").read_text())
colors = ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7"]
tags = [f"{row['label_id']} {row['score']:.2f}" for row in rows]
font = ImageFont.load_default(size=12)


def with_pillow(format: str, **options: object) -> bytes:
    image = Image.open(io.BytesIO(photograph)).convert("RGB")
    draw = ImageDraw.Draw(image)
    for row, tag in zip(rows, tags):
        color = colors[row["label_id"] % len(colors)]
        x, y = row["box"][:2]
        draw.rectangle(row["box"], outline=color, width=2)
        draw.rectangle(draw.textbbox((x, y), tag, font=font), fill=color)
        draw.text((x, y), tag, fill="black", font=font)
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


found = sv.Detections(
    xyxy=np.array([row["box"] for row in rows], dtype=np.float32),
    confidence=np.array([row["score"] for row in rows], dtype=np.float32),
    class_id=np.array([row["label_id"] for row in rows]),
)
boxes, labels = sv.BoxAnnotator(thickness=2), sv.LabelAnnotator(text_scale=0.4, smart_position=True)


def with_supervision(extension: str, *options: int) -> bytes:
    image = cv2.imdecode(np.frombuffer(photograph, np.uint8), cv2.IMREAD_COLOR)
    image = labels.annotate(boxes.annotate(image, found), found, tags)
    return cv2.imencode(extension, image, list(options))[1].tobytes()


def milliseconds(work) -> float:
    for _ in range(5):
        work()
    start = time.perf_counter()
    for _ in range(rounds):
        work()
    return round(1000 * (time.perf_counter() - start) / rounds, 2)


print(
    json.dumps(
        {
            "pillow-png": milliseconds(lambda: with_pillow("PNG")),
            "pillow-jpeg": milliseconds(lambda: with_pillow("JPEG", quality=90, subsampling=0)),
            "supervision-png": milliseconds(lambda: with_supervision(".png")),
            "supervision-jpeg": milliseconds(lambda: with_supervision(".jpg", cv2.IMWRITE_JPEG_QUALITY, 90)),
        }
    )
)
