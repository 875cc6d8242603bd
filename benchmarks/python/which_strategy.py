"""Counts a detector's errors with pycocotools and ranks with NumPy, and says whether benchmarks/which-strategy.ts found the same.

usage: which_strategy.py instances.json .cache/which-strategy benchmarks/results/which-strategy.json
Wants numpy, pycocotools, pyarrow and scipy. Only the predictions (Parquet) and the annotations are shared with what is checked.
"""

import contextlib
import io
import json
import pathlib
import sys

import numpy as np
import pyarrow.parquet as pq
from pycocotools import mask as coco_mask
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from scipy.stats import entropy


def main():
    instances, predictions, result = sys.argv[1:4]
    found = json.loads(pathlib.Path(result).read_text())
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO(instances)
    worst = 0.0
    for detector in found["detectors"]:
        images = read_images(pathlib.Path(predictions) / detector["name"], truth)
        outcomes, missed = count_errors(truth, images, found["threshold"])
        worst = max(worst, check(detector, images, outcomes, missed, found["threshold"]))
    print(f"largest difference: {worst:.1e}")
    sys.exit(worst > 1e-6)


def read_images(folder, truth):
    """For each image its id, boxes [n, 4] as x, y, width, height, class scores [n, k] and the category of the best."""
    by_name = {category["name"]: category["id"] for category in truth.dataset["categories"]}
    names = {label["id"]: label["name"] for label in json.loads((folder / "_qualm.json").read_text())["labels"]}
    images = []
    for shard in sorted(folder.glob("part-*.parquet")):
        for row in pq.read_table(shard).to_pylist():
            corners = np.array([[d["box"][edge] for edge in ("xmin", "ymin", "xmax", "ymax")] for d in row["detections"]])
            corners = corners.reshape(-1, 4)
            boxes = np.concatenate([corners[:, :2], corners[:, 2:] - corners[:, :2]], axis=1)
            scores = np.array([d["scores"] for d in row["detections"]]) if len(boxes) else np.empty((0, 2))
            categories = [by_name.get(names[d["label_ids"][0]], -1) for d in row["detections"]]
            order = np.argsort(-scores[:, 0], kind="stable")
            images.append((int(row["image_id"]), boxes[order], scores[order], [categories[place] for place in order]))
    return images


def count_errors(truth, images, threshold):
    """For each image what its boxes at or above the threshold are, and how many objects none of them found."""
    detections = [
        {"image_id": image, "category_id": category, "bbox": list(box), "score": row[0], "place": place}
        for image, boxes, scores, categories in images
        for place, (box, row, category) in enumerate(zip(boxes, scores, categories))
        if row[0] >= threshold
    ]
    with contextlib.redirect_stdout(io.StringIO()):
        evaluation = COCOeval(truth, truth.loadRes(detections), "bbox")
        evaluation.params.iouThrs = np.array([0.5])
        evaluation.params.maxDets = [1000]
        evaluation.params.areaRng, evaluation.params.areaRngLbl = [[0, 1e10]], ["all"]
        evaluation.evaluate()
    outcomes = {image: {} for image, *_ in images}
    taken = set()
    for one in filter(None, evaluation.evalImgs):
        for place, matched, ignored in zip(one["dtIds"], one["dtMatches"][0], one["dtIgnore"][0]):
            detection = evaluation.cocoDt.anns[place]
            kind = "in-crowd" if ignored else "right" if matched else "false"
            outcomes[one["image_id"]][detection["place"]] = kind
        taken.update(i for i, matched, ignored in zip(one["gtIds"], one["gtMatches"][0], one["gtIgnore"]) if matched and not ignored)
    missed = {}
    for image, boxes, *_ in images:
        objects = [o for o in truth.loadAnns(truth.getAnnIds(image)) if not o["iscrowd"] and o["id"] not in taken]
        for place in [place for place, row in enumerate(boxes) if outcomes[image].get(place) == "false"]:
            if not objects:
                break
            overlaps = coco_mask.iou([list(boxes[place])], [o["bbox"] for o in objects], [0] * len(objects))[0]
            best = len(overlaps) - 1 - int(np.argmax(overlaps[::-1]))
            if overlaps[best] >= 0.5:
                outcomes[image][place] = "wrong-class"
                del objects[best]
        missed[image] = len(objects)
    return outcomes, missed


def check(detector, images, outcomes, missed, threshold):
    ids = [image for image, *_ in images]
    kinds = [list(outcomes[image].values()) for image in ids]
    counts = {kind: sum(row.count(kind) for row in kinds) for kind in ("right", "wrong-class", "false", "in-crowd")}
    counts["missed"] = sum(missed.values())
    errors = np.array([missed[i] + row.count("false") + row.count("wrong-class") for i, row in zip(ids, kinds)])
    objects = errors + np.array([row.count("right") for row in kinds])
    differences = [abs(counts[kind] - detector["images"]["errors"][kind]) for kind in counts]
    for doubt, aggregate, score, combine in (
        ("entropies of labels", "sum", label_entropies, np.sum),
        ("margin", "greatest", lambda s: 1 - (s[:, 0] - s[:, 1]), np.max),
    ):
        order = order_of(images, score, combine, threshold)
        row = next(r for r in detector["images"]["rows"] if (r["doubt"], r["aggregate"]) == (doubt, aggregate))
        best, best_object = np.argsort(-errors, kind="stable"), np.argsort(-errors / np.maximum(1, objects), kind="stable")
        ones = np.ones(len(errors))
        stay = len(set(order_of(images, score, combine, 0.2)[:100]) & set(order_of(images, score, combine, 0.3)[:100]))
        own = {
            "gain": (area(errors, ones, order) - 0.5) / (area(errors, ones, best) - 0.5),
            "objectGain": (area(errors, objects, order) - 0.5) / (area(errors, objects, best_object) - 0.5),
        }
        differences += [abs(own[name] - row[name][0]) for name in own]
        differences.append(abs(errors[order[:100]].sum() / 100 / errors.mean() - row["lift"]["100"][0]))
        differences.append(abs(stay - row["stay"]["0.2 to 0.3"]))
        print(f"{detector['name']}: {doubt}, {aggregate}: gain {own['gain']:.4f}, per object {own['objectGain']:.4f}, {stay} stay")
    differences.append(abs(area_of_boxes(images, outcomes) - box_row(detector)["area"][0]))
    print(f"{detector['name']}: {counts}; largest difference {max(differences):.1e}")
    return max(differences)


def label_entropies(scores):
    return entropy(np.stack([scores, 1 - scores]), axis=0).sum(axis=1)


def order_of(images, score, combine, threshold):
    values = []
    for _, _, scores, _ in images:
        kept = scores[scores[:, 0] >= threshold]
        values.append(combine(score(kept)) if len(kept) else -np.inf)
    return np.argsort(-np.array(values), kind="stable")


def area(found, cost, order):
    shares = [np.concatenate([[0], np.cumsum(column[order]) / column.sum()]) for column in (found, cost)]
    return np.trapezoid(*shares)


def box_row(detector):
    return next(row for row in detector["boxes"]["rows"] if row["doubt"] == "entropies of labels")


def area_of_boxes(images, outcomes):
    """How likely a wrong box has more doubt than a right one, of equal ones the first."""
    values, wrong = [], []
    for image, _, scores, _ in images:
        doubts = label_entropies(scores)
        kinds = sorted((place, kind) for place, kind in outcomes[image].items() if kind != "in-crowd")
        values += [doubts[place] for place, _ in kinds]
        wrong += [kind != "right" for _, kind in kinds]
    order, wrong = np.argsort(-np.array(values), kind="stable"), np.array(wrong)
    right_after = np.cumsum(~wrong[order][::-1])[::-1]
    return right_after[wrong[order]].sum() / (wrong.sum() * (~wrong).sum())


main()
