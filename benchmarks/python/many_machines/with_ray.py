"""Ray Data on one machine: a pool of actors, each with a session of its own. Usage: with_ray.py JOB.json"""

import json
import pathlib
import sys

import pyarrow as pa
import ray
from detector import Detector, paths

batch_size = 16


class Predict:
    def __init__(self, job):
        self.detector = Detector(job)

    def __call__(self, batch):
        paths = batch["path"].tolist()
        boxes, scores, label_ids = zip(*map(self.detector, paths))
        return pa.table(
            {
                "id": [pathlib.Path(path).name for path in paths],
                "boxes": pa.array(boxes, pa.list_(pa.float32())),
                "scores": pa.array(scores, pa.list_(pa.float32())),
                "label_ids": pa.array(label_ids, pa.list_(pa.int32())),
            }
        )


job = json.loads(pathlib.Path(sys.argv[1]).read_text())
here = str(pathlib.Path(__file__).parent)
ray.init(
    num_cpus=job["cores"],
    include_dashboard=False,
    log_to_driver=False,
    object_store_memory=256 * 1024 * 1024,
    runtime_env={"env_vars": {"PYTHONPATH": here}},
)
ray.data.DataContext.get_current().enable_progress_bars = False
listed = [{"path": path} for path in paths(job)]
dataset = ray.data.from_items(listed, override_num_blocks=max(job["cores"], len(listed) // batch_size))
dataset.map_batches(
    Predict,
    fn_constructor_args=(job,),
    batch_size=batch_size,
    compute=ray.data.ActorPoolStrategy(size=job["cores"]),
    # So that there is room for the tasks that write.
    num_cpus=0.75,
).write_parquet(job["out"])
print(json.dumps({"ray": ray.__version__}))
