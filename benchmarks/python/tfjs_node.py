"""Python TensorFlow as one of the runners of benchmarks/tfjs-node.ts, which see for what is said to it.

Usage: tfjs_node.py JOB.json
"""

import concurrent.futures
import json
import pathlib
import platform
import sys
import time

import numpy as np
import tensorflow as tf
from tfjs_graph import session_of

job = json.loads(pathlib.Path(sys.argv[1]).read_text())
images = np.fromfile(job["images"], np.int32).reshape(-1, *job["shape"])
config = tf.compat.v1.ConfigProto(
    intra_op_parallelism_threads=job["threads"],
    inter_op_parallelism_threads=max(job["threads"], job["inFlight"]),
)
session = session_of(job["model"], config)
run = session.make_callable([f"{name}:0" for name in job["outputs"]], [f"{job['input']}:0"])

with open(job["found"], "wb") as file:
    for image in images:
        for output in run(image):
            file.write(np.ascontiguousarray(output, np.float32).tobytes())
print(json.dumps({"versions": {"python": platform.python_version(), "tensorflow": tf.__version__}}), flush=True)

with concurrent.futures.ThreadPoolExecutor(job["inFlight"]) as pool:
    for _ in sys.stdin:
        began, cpu_began = time.perf_counter(), time.process_time()
        if job["inFlight"] == 1:
            for image in images:
                run(image)
        else:
            list(pool.map(run, images))
        seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - cpu_began
        print(json.dumps({"seconds": seconds, "cpuSeconds": cpu_seconds}), flush=True)
