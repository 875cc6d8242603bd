"""Registers as many versions of one name as it is told, in eight threads; prints their numbers.

mlflow_many.py <tracking uri> <name> <how many>
"""

import concurrent.futures
import json
import sys

from mlflow import MlflowClient

uri, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
client = MlflowClient(uri)
run = client.create_run("0")
source = f"{run.info.artifact_uri}/model"
with concurrent.futures.ThreadPoolExecutor(8) as pool:
    versions = list(pool.map(lambda _: client.create_model_version(name, source, run.info.run_id), range(count)))
print(json.dumps([int(version.version) for version in versions]))
