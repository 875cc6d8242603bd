"""Prints the registered models of a store, as MLflow's client sees them.

mlflow_view.py <tracking uri>
"""

import json
import sys

from mlflow import MlflowClient

client = MlflowClient(sys.argv[1])
models = []
for model in client.search_registered_models():
    versions = client.search_model_versions(f"name = '{model.name}'")
    models.append(
        {
            "name": model.name,
            "aliases": {alias: int(version) for alias, version in model.aliases.items()},
            "versions": [
                {
                    "version": int(version.version),
                    "status": version.status,
                    "tags": version.tags,
                    "source": version.source,
                    "description": version.description,
                }
                for version in sorted(versions, key=lambda version: int(version.version))
            ],
        }
    )
print(json.dumps(sorted(models, key=lambda model: model["name"])))
