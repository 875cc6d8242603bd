"""AP of the detections in a folder of Parquet shards, by pycocotools, as one JSON document on stdout.

usage: average_precision.py instances.json predictions/
The shards have one row for each image: image_id, detections list<struct<box, score, label_id>>.
"""

import contextlib
import io
import json
import pathlib
import sys

import pyarrow.parquet as pq
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval


def read_results(folder, image_ids):
    results = []
    for shard in sorted(pathlib.Path(folder).glob("part-*.parquet")):
        for row in pq.read_table(shard).to_pylist():
            image_id = image_ids[str(row["image_id"])]
            for detection in row["detections"] or []:
                box = detection["box"]
                results.append(
                    {
                        "image_id": image_id,
                        "category_id": detection["label_id"],
                        "score": detection["score"],
                        "bbox": [box["xmin"], box["ymin"], box["xmax"] - box["xmin"], box["ymax"] - box["ymin"]],
                    }
                )
    return results


def main():
    instances, folder = sys.argv[1:3]
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO(instances)
        image_ids = {}
        for image in truth.dataset["images"]:
            image_ids[str(image["id"])] = image_ids[image["file_name"]] = image["id"]
        results = read_results(folder, image_ids)
        evaluation = COCOeval(truth, truth.loadRes(results), "bbox")
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    ap, ap50 = evaluation.stats[0], evaluation.stats[1]
    print(json.dumps({"ap": ap, "ap50": ap50, "detections": len(results), "images": len(truth.dataset["images"])}))


main()
