"""Registers model folders by MLflow's client, each as a run's artifacts.

mlflow_register.py <tracking uri> <JSON of [{folder, name, aliases}]>
"""

import contextlib
import json
import sys

from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

uri, models = sys.argv[1], json.loads(sys.argv[2])
client = MlflowClient(uri)
for model in models:
    run = client.create_run("0")
    client.log_artifacts(run.info.run_id, model["folder"], "model")
    # MLflow prints links on stdout.
    with contextlib.redirect_stdout(sys.stderr):
        client.set_terminated(run.info.run_id)
    try:
        client.create_registered_model(model["name"])
    except MlflowException as error:
        if error.error_code != "RESOURCE_ALREADY_EXISTS":
            raise
    source = f"{run.info.artifact_uri}/model"
    version = client.create_model_version(model["name"], source, run.info.run_id)
    for alias in model["aliases"]:
        client.set_registered_model_alias(model["name"], alias, version.version)
print(json.dumps(None))
