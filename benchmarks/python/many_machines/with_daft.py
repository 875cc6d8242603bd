"""Daft on one machine: a class that keeps its session, in processes of its own. Usage: with_daft.py JOB.json"""

import json
import os
import pathlib
import sys

import daft
from daft import DataType, Series
from detector import Detector, paths

batch_size = 16
job = json.loads(pathlib.Path(sys.argv[1]).read_text())
found = DataType.struct(
    {
        "id": DataType.string(),
        "boxes": DataType.list(DataType.float32()),
        "scores": DataType.list(DataType.float32()),
        "label_ids": DataType.list(DataType.int32()),
    }
)


@daft.cls(max_concurrency=job["cores"], use_process=True, cpus=1)
class Predict:
    def __init__(self, job):
        self.detector = Detector(job)

    @daft.method.batch(return_dtype=found, batch_size=batch_size)
    def __call__(self, path: Series):
        rows = []
        for one in path.to_pylist():
            boxes, scores, label_ids = self.detector(one)
            rows.append({"id": pathlib.Path(one).name, "boxes": boxes, "scores": scores, "label_ids": label_ids})
        return rows


daft.set_runner_native(num_threads=job["cores"])
listed = daft.from_pydict({"path": paths(job)})
row = Predict(job)(daft.col("path")).alias("row")
listed.select(row).select(*[daft.col("row")[name].alias(name) for name in found.fields]).write_parquet(job["out"])
print(json.dumps({"daft": daft.__version__}), flush=True)
# Its threads sometimes crash an interpreter that ends in the usual way.
os._exit(0)
