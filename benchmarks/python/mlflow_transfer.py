"""Times MLflow's Python client on a server: a large file up and down, and a small model by its registered name.

mlflow_transfer.py <tracking uri> <large file> <registered name of a small model> <repeats>
"""

import json
import os
import shutil
import sys
import tempfile

import mlflow
from best_of import best_of
from mlflow import MlflowClient

os.environ["MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR"] = "false"

uri, path, name, repeats = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
mlflow.set_tracking_uri(uri)
client = MlflowClient(uri)
run = client.create_run("0")


def up():
    client.log_artifact(run.info.run_id, path, "model")


def fetch(source):
    folder = tempfile.mkdtemp()
    mlflow.artifacts.download_artifacts(artifact_uri=source, dst_path=folder)
    shutil.rmtree(folder)


up_ms = best_of(repeats, up)
down_ms = best_of(repeats, lambda: fetch(f"runs:/{run.info.run_id}/model"))
small_ms = best_of(3 * repeats, lambda: fetch(f"models:/{name}/1"))
print(json.dumps({"mlflow": mlflow.__version__, "upMs": up_ms, "downMs": down_ms, "smallMs": small_ms}))
